package io.bascule.app.meters;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterAddress;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.At;
import io.bascule.core.port.MeterReading.Failed;
import io.bascule.core.port.MeterReading.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that speaks Prometheus' API, with faults: the error texts are those that Prometheus 3 gives. */
class PrometheusMeterTest {
    private static final Instant FROM = Instant.ofEpochSecond(1_763_719_200);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Answering> answers = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            answers.get(Math.min(asked.size(), answers.size()) - 1).to(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_run_s_own_time_is_asked_for() {
        answers.add(text(200, matrix("[1763719200,\"0.42\"],[1763719215,\"NaN\"],[1763719230,\"0.5\"]")));
        var meter = meter("?query=avg(rate(cpu{job=\"shop\"}[1m])) + 1&step=5s", Optional.of("secret"));
        assertThat(read(meter)).isEqualTo(new Told(List.of(new At(FROM, 0.42), new At(FROM.plusSeconds(30), 0.5)), 11));
        assertThat(meter.scale()).isEqualTo(Meter.Scale.UNSAID);
        assertThat(asked).hasSize(1);
        String request = URLDecoder.decode(asked.getFirst().replace("%2B", "PLUS"), StandardCharsets.UTF_8);
        assertThat(request)
                .isEqualTo("/api/v1/query_range?query=avg(rate(cpu{job=\"shop\"}[1m])) PLUS 1"
                        + "&start=1763719200.000&end=1763719260.000&step=5s Bearer secret");
    }

    @Test
    void a_prefix_is_kept_and_the_scale_may_be_said() {
        answers.add(text(200, matrix("[1763719200,\"42\"]")));
        var meter = meter("/prometheus/?query=cpu&unit=percent", Optional.empty());
        assertThat(read(meter)).isEqualTo(new Told(List.of(new At(FROM, 42)), 4));
        assertThat(meter.scale()).isEqualTo(Meter.Scale.PERCENT);
        assertThat(asked.getFirst())
                .startsWith("/prometheus/api/v1/query_range?query=cpu&")
                .endsWith("step=15s null");
    }

    @Test
    void one_that_cannot_just_now_is_asked_again() {
        answers.add(text(503, "Service Unavailable"));
        answers.add(HttpExchange::close);
        answers.add(text(200, matrix("[1763719200,\"0.42\"]")));
        assertThat(read(meter("?query=cpu", Optional.empty()))).isInstanceOf(Told.class);
        assertThat(asked).hasSize(3);
    }

    @Test
    void what_is_wrong_is_told_in_its_words_and_not_asked_again() {
        answers.add(text(
                400,
                "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error: unclosed left paren\"}"));
        Failed failed = failed(meter("?query=avg(", Optional.of("secret")));
        assertThat(failed.why())
                .contains("status 400: parse error: unclosed left paren")
                .doesNotContain("secret");
        assertThat(failed.again()).isFalse();
        assertThat(asked).hasSize(1);
    }

    @Test
    void no_answer_is_no_figure() throws Exception {
        answers.add(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            exchange.close();
        });
        assertThat(failed(meter("?query=cpu", Optional.empty())).why()).contains("not JSON");
        answers.set(0, text(302, ""));
        assertThat(failed(meter("?query=cpu", Optional.empty())).why()).contains("status 302");
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Failed nobody =
                failed(meter("http://127.0.0.1:" + closed + "/?query=cpu", Optional.empty(), Duration.ofSeconds(5)));
        assertThat(nobody.why()).contains("no connection");
        assertThat(nobody.again()).isTrue();
    }

    @Test
    void one_that_never_answers_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Meter meter = meter(
                    "http://127.0.0.1:" + silent.getLocalPort() + "/?query=cpu",
                    Optional.empty(),
                    Duration.ofMillis(100));
            assertThat(failed(meter).why()).contains("no answer in time");
            Deadline over = new Deadline(Instant.now().minusSeconds(1));
            assertThat(meter.read(FROM, FROM.plus(MINUTE), over)).isInstanceOf(Failed.class);
        }
    }

    @Test
    void several_series_are_no_answer_and_none_or_those_of_another_time_are_no_samples() {
        String series = "{\"metric\":{},\"values\":[]}";
        answers.add(text(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" + series + "," + series
                        + "]}}"));
        assertThat(failed(meter("?query=cpu", Optional.empty())).why())
                .contains("one series in a Prometheus answer, found 2");
        answers.set(0, text(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}"));
        assertThat(read(meter("?query=cpu", Optional.empty()))).isEqualTo(new Told(List.of(), 5));
        answers.set(0, text(200, matrix("[1763729200,\"0.42\"]")));
        assertThat(read(meter("?query=cpu", Optional.empty()))).isEqualTo(new Told(List.of(), 5));
        answers.set(0, text(200, "<html>proxy</html>"));
        assertThat(failed(meter("?query=cpu", Optional.empty())).again()).isFalse();
    }

    @Test
    void everything_that_is_wrong_with_an_address_is_told_at_once() {
        assertThat(problems("http://prometheus:9090/"))
                .singleElement()
                .asString()
                .contains("expected a query");
        assertThat(problems("http://me:hunter2@prometheus:9090/?query=cpu"))
                .singleElement()
                .asString()
                .contains(PrometheusMeters.TOKEN)
                .doesNotContain("hunter2");
        assertThat(problems("http:///?query=cpu")).singleElement().asString().contains("not an address");
        assertThat(problems("http://prometheus/?qurey=cpu&step=fast&unit=%25"))
                .containsExactly(
                        "expected a query, as in http://HOST:PORT/?query=avg(cpu_share)",
                        "step=fast: expected a duration such as 15s, of 1 s at least",
                        "'qurey' is not known here; did you mean 'query'?",
                        "unit=%: expected percent or fraction, how the samples of a share are written");
        assertThat(problems("https://prometheus/p/?query=sum(a{b=\"c&d\"}) / 2 % 7&step=1m"))
                .isEmpty();
    }

    private static List<String> problems(String address) {
        return new PrometheusMeters().problems(MeterAddress.of(address).orElseThrow());
    }

    private Meter meter(String rest, Optional<String> token) {
        return meter("http://127.0.0.1:" + server.getAddress().getPort() + rest, token, Duration.ofSeconds(5));
    }

    private static Meter meter(String address, Optional<String> token, Duration timeOut) {
        return PrometheusMeters.open(MeterAddress.of(address).orElseThrow(), InstantSource.system(), token, timeOut);
    }

    private static MeterReading read(Meter meter) {
        return meter.read(FROM, FROM.plus(MINUTE), Deadline.after(Instant.now(), Duration.ofSeconds(20)));
    }

    private static Failed failed(Meter meter) {
        MeterReading reading = read(meter);
        assertThat(reading).isInstanceOf(Failed.class);
        return (Failed) reading;
    }

    private static String matrix(String values) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":["
                + values + "]}]}}";
    }

    private static Answering text(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }
}
