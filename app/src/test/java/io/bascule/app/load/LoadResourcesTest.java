package io.bascule.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.app.ExitCode;
import io.bascule.app.command.Bascule;
import io.bascule.load.TargetOutcome;
import io.bascule.load.Usage;
import io.bascule.load.file.ResultFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bascule load --resources}: a real load on a server that also speaks Prometheus' API. */
class LoadResourcesTest {
    private static final Pattern START = Pattern.compile("start=([0-9]+)");

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private HttpServer server;
    private String base = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/api/v1/query_range", exchange -> {
            asked.incrementAndGet();
            Matcher matcher = START.matcher(exchange.getRequestURI().getRawQuery());
            assertThat(matcher.find()).isTrue();
            long second = Long.parseLong(matcher.group(1)) + 1;
            byte[] body = ("{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":[[" + second
                            + ",\"0.42\"]]}]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int load(Path out, String resources) {
        return Bascule.execute(
                "load",
                base,
                "--rate",
                "20",
                "--duration",
                "2s",
                "--out",
                out + "",
                "--resources",
                resources,
                "-o",
                "quiet");
    }

    private static Usage used(Path out, String measure) throws IOException {
        TargetOutcome target = ResultFile.read(out).targets().getFirst();
        assertThat(target.total().requests()).isPositive();
        return Objects.requireNonNull(target.resources().get(measure));
    }

    @Test
    void what_the_target_used_is_in_the_result_and_compared_without_asking_again() throws Exception {
        Path out = folder.resolve("out.json");
        assertThat(load(out, "cpu=" + base + "?query=cpu&step=1s")).isEqualTo(ExitCode.DONE);
        Usage cpu = used(out, "cpu");
        assertThat(cpu.samples())
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isEqualTo(0.42));
        assertThat(cpu.from()).isEqualTo(base + "?query=cpu&step=1s");
        assertThat(cpu.untold()).isNull();
        int before = asked.get();
        assertThat(before).isPositive();
        Path report = folder.resolve("report.md");
        Bascule.execute("compare", out + "", out + "", "--out", report + "");
        assertThat(Files.readString(report)).contains("42.00 % | 42.00 %");
        assertThat(asked).hasValue(before);
    }

    @Test
    void figures_that_do_not_come_cost_no_result_and_are_no_data_later() throws Exception {
        Path out = folder.resolve("out.json");
        status = 403;
        assertThat(load(out, "cpu=" + base + "?query=cpu")).isEqualTo(ExitCode.DONE);
        assertThat(used(out, "cpu").untold()).contains("status 403");
        Path report = folder.resolve("report.md");
        assertThat(Bascule.execute("compare", out + "", out + "", "--out", report + ""))
                .isEqualTo(ExitCode.OBJECTIVE_FAILED);
        assertThat(Files.readString(report))
                .as("whatever the rest of a load on a busy machine is worth")
                .contains("CPU utilisation | – | – | – | – | – | – | ❔ NO_DATA |");
    }

    @Test
    void a_file_that_nobody_has_written_costs_no_result_either() throws Exception {
        Path out = folder.resolve("out.json");
        assertThat(load(out, "cpu=" + folder.resolve("cpu.csv"))).isEqualTo(ExitCode.DONE);
        assertThat(used(out, "cpu").untold()).contains("there is no such file");
    }

    @Test
    void a_wrong_spelling_is_told_before_the_load_begins() {
        Path out = folder.resolve("out.json");
        assertThat(load(out, "cpu=" + base + "?qeury=cpu")).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(out).doesNotExist();
        assertThat(asked).hasValue(0);
    }
}
