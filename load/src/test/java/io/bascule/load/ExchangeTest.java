package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    @Test
    void a_request_goes_out_as_written_and_the_answer_comes_back_whole() throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        try (var target = HttpTarget.answering((request, reply) -> {
            seen.add(request.method() + " " + request.uri() + " "
                    + request.headers().get("Cookie") + " " + request.headers().get("Host") + " "
                    + request.content().toString(StandardCharsets.UTF_8));
            var response = HttpTarget.response(201, "made");
            response.headers().set("Set-Cookie", "basket=7");
            reply.send(response);
        })) {
            var order = LoadRequest.post("/orders?fast=1", "text/plain", "two")
                    .withHeader("Cookie", "session=4")
                    .withTag("user 4");
            Instant before = Instant.now();
            var heard = Runs.run(
                    LoadProfile.of(target.uri(), 10).lasting(Duration.ofMillis(10)), RequestSource.repeating(order));
            assertThat(seen)
                    .containsExactly(
                            "POST /orders?fast=1 session=4 " + target.uri().getAuthority() + " two");
            LoadResponse response = heard.first();
            assertThat(response.tag()).isEqualTo("user 4");
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.bodyText()).isEqualTo("made");
            assertThat(response.headers().first("set-cookie")).isEqualTo("basket=7");
            assertThat(response.headers().all("none")).isEmpty();
            assertThat(response.intended()).isBetween(before, Instant.now());
            assertThat(response.responseNanos()).isGreaterThanOrEqualTo(response.serviceNanos());
        }
    }

    @Test
    void a_large_body_is_counted_whole_and_kept_in_part() throws Exception {
        String large = "x".repeat(LoadResponse.BODY_BYTES_MAX + 5_000);
        try (var target = HttpTarget.answering((_, reply) -> reply.send(HttpTarget.response(200, large)))) {
            var heard = Runs.twenty(target.uri());
            assertThat(heard.result().failed()).isZero();
            assertThat(heard.responses()).allSatisfy(response -> {
                assertThat(response.bodyBytes()).isEqualTo(large.length());
                assertThat(response.body().remaining()).isEqualTo(LoadResponse.BODY_BYTES_MAX);
            });
        }
    }

    @Test
    void interim_answers_and_bodies_without_a_length_are_understood() throws Exception {
        for (String answer : new String[] {
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndone"
        }) {
            try (var target = HttpTarget.answering((_, reply) -> {
                reply.raw(answer);
                if (answer.contains("close")) {
                    reply.close();
                }
            })) {
                var heard = Runs.twenty(target.uri());
                assertThat(heard.result().errors()).as(answer).isEmpty();
                assertThat(heard.responses())
                        .allMatch(response -> response.bodyText().equals("done"));
            }
        }
    }

    @Test
    void a_server_that_closes_after_each_answer_costs_no_request() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> {
            var response = HttpTarget.response(200, "bye");
            response.headers().set("Connection", "close");
            reply.send(response);
            reply.close();
        })) {
            var profile = LoadProfile.of(target.uri(), 200).withConnections(2).lasting(Runs.SECOND);
            var result = Runs.run(profile, Runs.get()).result();
            assertThat(result.requests()).isEqualTo(200);
            assertThat(result.errors()).isEmpty();
        }
    }

    @Test
    void what_no_server_would_understand_is_refused_at_once() {
        assertThatThrownBy(() -> LoadRequest.get("orders")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoadRequest.get("/a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoadRequest("GET\r\n", "/", Map.of(), ByteBuffer.allocate(0), null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
