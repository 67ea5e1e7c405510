package io.bascule.app.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that speaks Prometheus' API, with faults: the error texts are those that Prometheus 3 gives. */
class PrometheusQueryTest {
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
    void the_run_s_own_time_is_asked_for() throws Exception {
        answers.add(text(200, matrix("[1763719200,\"0.42\"],[1763719215,\"NaN\"],[1763719230,\"0.5\"]")));
        var samples = query("?query=avg(rate(cpu{job=\"shop\"}[1m])) + 1&step=5s", Optional.of("secret"))
                .ask("cpu_utilization", FROM, MINUTE);
        assertThat(samples).containsOnlyKeys("cpu").containsEntry("cpu", List.of(0.42, 0.5));
        assertThat(asked).hasSize(1);
        String request = URLDecoder.decode(asked.getFirst().replace("%2B", "PLUS"), StandardCharsets.UTF_8);
        assertThat(request)
                .isEqualTo("/api/v1/query_range?query=avg(rate(cpu{job=\"shop\"}[1m])) PLUS 1"
                        + "&start=1763719200.000&end=1763719260.000&step=5s Bearer secret");
    }

    @Test
    void percentages_are_shares_and_a_prefix_is_kept() throws Exception {
        answers.add(text(200, matrix("[1763719200,\"42\"],[1763719215,\"0.5\"]")));
        assertThat(query("/prometheus/?query=cpu", Optional.empty()).ask("cpu", FROM, MINUTE))
                .containsEntry("cpu", List.of(0.42, 0.005));
        assertThat(asked.getFirst())
                .startsWith("/prometheus/api/v1/query_range?query=cpu&")
                .endsWith("step=15s null");
    }

    @Test
    void one_that_cannot_just_now_is_asked_again() throws Exception {
        answers.add(text(503, "Service Unavailable"));
        answers.add(HttpExchange::close);
        answers.add(text(200, matrix("[1763719200,\"0.42\"]")));
        assertThat(query("?query=cpu", Optional.empty()).ask("cpu", FROM, MINUTE))
                .containsEntry("cpu", List.of(0.42));
        assertThat(asked).hasSize(3);
    }

    @Test
    void what_is_wrong_is_told_in_its_words_and_not_asked_again() {
        answers.add(text(
                400,
                "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error: unclosed left paren\"}"));
        assertThatThrownBy(() -> query("?query=avg(", Optional.of("secret")).ask("cpu", FROM, MINUTE))
                .hasMessageContaining("status 400: parse error: unclosed left paren")
                .hasMessageNotContaining("secret");
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
        assertThatThrownBy(() -> query("?query=cpu", Optional.empty()).ask("cpu", FROM, MINUTE))
                .isInstanceOf(IllegalArgumentException.class);
        answers.set(0, text(302, ""));
        assertThatThrownBy(() -> query("?query=cpu", Optional.empty()).ask("cpu", FROM, MINUTE))
                .hasMessageContaining("status 302");
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        var nobody = PrometheusQuery.of(
                "http://127.0.0.1:" + closed + "/?query=cpu", Optional.empty(), Duration.ofSeconds(5));
        assertThatThrownBy(() -> nobody.ask("cpu", FROM, MINUTE)).hasMessageContaining("no connection");
    }

    @Test
    void one_that_never_answers_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var query = PrometheusQuery.of(
                    "http://127.0.0.1:" + silent.getLocalPort() + "/?query=cpu",
                    Optional.empty(),
                    Duration.ofMillis(100));
            assertThatThrownBy(() -> query.ask("cpu", FROM, MINUTE)).hasMessageContaining("no answer within");
        }
    }

    @Test
    void none_or_several_series_and_samples_of_another_time_are_no_answer() {
        answers.add(text(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}"));
        assertThatThrownBy(() -> query("?query=cpu", Optional.empty()).ask("cpu", FROM, MINUTE))
                .hasMessageContaining("one series in a Prometheus answer, found 0");
        answers.set(0, text(200, matrix("[1763729200,\"0.42\"]")));
        assertThatThrownBy(() -> query("?query=cpu", Optional.empty()).ask("cpu", FROM, MINUTE))
                .hasMessageContaining("none of its samples lies within the run");
        answers.set(0, text(200, "<html>proxy</html>"));
        assertThatThrownBy(() -> query("?query=cpu", Optional.empty()).ask("cpu", FROM, MINUTE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_address_without_a_query_or_with_a_password_is_refused() {
        assertThatThrownBy(() -> PrometheusQuery.of("http://prometheus:9090/"))
                .hasMessageContaining("expected a query");
        assertThatThrownBy(() -> PrometheusQuery.of("http://me:hunter2@prometheus:9090/?query=cpu"))
                .hasMessageContaining(PrometheusQuery.TOKEN)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> PrometheusQuery.of("http:///?query=cpu")).hasMessageContaining("not an address");
    }

    private PrometheusQuery query(String rest, Optional<String> token) {
        return PrometheusQuery.of(
                "http://127.0.0.1:" + server.getAddress().getPort() + rest, token, Duration.ofSeconds(5));
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
