package io.bascule.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.core.plan.Environment;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan's {@code load} step against two real servers: one answers, the other one fails. */
class LoadGeneratorDriverTest {
    private static final Limit NO_ERRORS = new Limit("errors", Limit.Relation.AT_MOST, 0, 0, "errors <= 0%");
    private static final Limit CPU = new Limit("cpu", Limit.Relation.AT_MOST, 0, 0.8, "cpu <= 80%");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder = Path.of("");

    private HttpServer good = server(200);
    private HttpServer bad = good;

    private HttpServer server(int status) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void second() {
        bad = server(500);
    }

    @AfterEach
    void close() {
        good.stop(0);
        bad.stop(0);
        threads.shutdownNow();
    }

    private static Environment environment(Side side, HttpServer server) {
        return new Environment(side, "http://127.0.0.1:" + server.getAddress().getPort(), "/");
    }

    private LoadGeneratorDriver driver(HttpServer target) {
        return new LoadGeneratorDriver(
                Map.of(Side.SOURCE, environment(Side.SOURCE, good), Side.TARGET, environment(Side.TARGET, target)),
                folder,
                InstantSource.system());
    }

    private Finding replay(HttpServer target, int seconds) throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            log.append(String.format(
                    Locale.ROOT,
                    "10.0.0.1 - - [21/Nov/2026:10:00:%02d +0000] \"GET /items/%d HTTP/1.1\" 200 5 \"-\" \"-\"%n",
                    i,
                    i));
        }
        Files.writeString(folder.resolve("access.log"), log);
        Settings recording = new Settings("file", new TreeMap<>(Map.of("path", "access.log")));
        Deadline deadline = new Deadline(Instant.now().plusSeconds(seconds));
        return driver(target).replay(recording, Duration.ofSeconds(2), deadline);
    }

    private Finding load(HttpServer target, Set<Side> sides, List<Limit> objectives) {
        var driver = driver(target);
        Deadline deadline = new Deadline(Instant.now().plusSeconds(60));
        return driver.load(sides, 50, Duration.ofSeconds(2), objectives, deadline);
    }

    @Test
    void both_sides_are_held_to_the_objectives_and_told_side_by_side() {
        Finding finding = load(good, Set.of(Side.SOURCE, Side.TARGET), List.of(NO_ERRORS));
        assertThat(finding.verdict().passed()).as("%s", finding).isTrue();
        assertThat(finding.facts())
                .containsEntry("source.requests", "100")
                .containsEntry("source.errors.margin", "+0.00 points")
                .containsKeys("target.p95Millis", "compared.why", "target.errors.margin")
                .doesNotContainKey("violated");
    }

    @Test
    void a_failing_target_does_not_pass_and_is_named() {
        Finding finding = load(bad, Set.of(Side.SOURCE, Side.TARGET), List.of(NO_ERRORS));
        assertThat(finding.verdict()).isInstanceOfAny(Verdict.Fail.class, Verdict.Errored.class);
        assertThat(finding.verdict().reason()).contains("errors <= 0%");
        assertThat(finding.facts()).containsEntry("target.errors.margin", "-100.00 points");
    }

    @Test
    void what_a_load_cannot_measure_is_no_data() {
        Finding finding = load(good, Set.of(Side.TARGET), List.of(CPU));
        assertThat(finding.verdict()).isInstanceOf(Verdict.NoData.class);
        assertThat(finding.verdict().reason()).contains("cpu was not measured");
    }

    @Test
    void recorded_requests_are_answered_alike_by_equal_sides_within_the_time_that_was_given() throws IOException {
        Instant begun = Instant.now();
        Finding finding = replay(good, 60);

        assertThat(finding.verdict().passed()).as("%s", finding).isTrue();
        assertThat(finding.facts()).containsEntry("compared", "20").containsEntry("differences", "0");
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(15));
    }

    @Test
    void a_target_that_answers_otherwise_fails_and_the_difference_is_named() throws IOException {
        Finding finding = replay(bad, 60);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(finding.facts().get("difference.1")).contains("GET /items/", "20 of 20 requests");
    }

    @Test
    void a_replay_that_cannot_end_in_time_is_not_begun() throws IOException {
        assertThat(replay(good, 1).verdict()).isInstanceOf(Verdict.Errored.class);
    }
}
