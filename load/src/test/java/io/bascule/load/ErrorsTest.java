package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void a_closed_port_refuses() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var heard = Runs.twenty(URI.create("http://127.0.0.1:" + port));
        assertThat(heard.result().errors()).isEqualTo(Map.of(ErrorKind.CONNECT_REFUSED, 20L));
        assertThat(heard.result().failed()).isEqualTo(20);
        assertThat(heard.first().status()).isNull();
        assertThat(heard.first().serviceNanos()).as("never written").isNull();
        assertThat(heard.result().service().percentiles()).as("no data is null").isNull();
    }

    @Test
    void an_unknown_name_is_a_dns_error() throws Exception {
        var profile = LoadProfile.of(URI.create("http://no-such-host.invalid/"), 10)
                .lasting(SHORT)
                .withTimeOuts(SHORT, Duration.ofSeconds(2));
        assertThat(Runs.run(profile, Runs.get()).result().errors()).containsOnlyKeys(ErrorKind.DNS);
    }

    @Test
    void a_full_backlog_times_out_the_connect() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var fillers = fill(full);
            var profile = LoadProfile.of(URI.create("http://127.0.0.1:" + full.getLocalPort()), 20)
                    .lasting(SHORT)
                    .withTimeOuts(SHORT, Duration.ofSeconds(10));
            assertThat(Runs.run(profile, Runs.get()).result().errors()).containsOnlyKeys(ErrorKind.CONNECT_TIMEOUT);
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void a_server_that_never_answers_times_out_at_the_header() throws Exception {
        try (var target = HttpTarget.answering((_, _) -> {})) {
            var heard = Runs.run(quick(target), Runs.get());
            assertThat(heard.result().errors()).isEqualTo(Map.of(ErrorKind.HEADER_TIMEOUT, 30L));
            assertThat(heard.responses()).allMatch(response -> response.responseNanos() >= SHORT.toNanos());
        }
    }

    @Test
    void a_body_that_never_ends_times_out_at_the_body() throws Exception {
        try (var target =
                HttpTarget.answering((_, reply) -> reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))) {
            var heard = Runs.run(quick(target), Runs.get());
            assertThat(heard.result().errors()).isEqualTo(Map.of(ErrorKind.BODY_TIMEOUT, 30L));
            assertThat(heard.first().status()).isEqualTo(200);
            assertThat(heard.first().bodyText()).isEqualTo("half");
        }
    }

    @Test
    void waiting_at_the_cap_fails_at_exactly_the_time_out() throws Exception {
        try (var target = HttpTarget.answering((_, _) -> {})) {
            var heard = Runs.run(quick(target).withConnections(2), Runs.get());
            assertThat(heard.result().errors())
                    .containsOnlyKeys(ErrorKind.HEADER_TIMEOUT, ErrorKind.CLIENT_QUEUE_TIMEOUT);
            assertThat(heard.result().errors().get(ErrorKind.CLIENT_QUEUE_TIMEOUT))
                    .isGreaterThan(10L);
            assertThat(heard.responses())
                    .filteredOn(response -> response.error() == ErrorKind.CLIENT_QUEUE_TIMEOUT)
                    .allSatisfy(response -> {
                        assertThat(response.responseNanos()).isEqualTo(SHORT.toNanos());
                        assertThat(response.serviceNanos()).isNull();
                    });
            assertThat(heard.result().validity().why()).contains("of the offered rate was sent");
        }
    }

    @Test
    void a_reset_connection() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> {
            reply.context().channel().config().setOption(ChannelOption.SO_LINGER, 0);
            reply.close();
        })) {
            assertThat(Runs.twenty(target.uri()).result().errors()).isEqualTo(Map.of(ErrorKind.RESET, 20L));
        }
    }

    @Test
    void a_connection_closed_instead_of_an_answer() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.close())) {
            assertThat(Runs.twenty(target.uri()).result().errors()).isEqualTo(Map.of(ErrorKind.PREMATURE_CLOSE, 20L));
        }
    }

    @Test
    void a_connection_closed_within_the_body() throws Exception {
        for (String framing :
                new String[] {"Content-Length: 10\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nha"}) {
            try (var target = HttpTarget.answering((_, reply) -> {
                reply.raw("HTTP/1.1 200 OK\r\n" + framing);
                reply.close();
            })) {
                assertThat(Runs.twenty(target.uri()).result().errors())
                        .as(framing)
                        .isEqualTo(Map.of(ErrorKind.PREMATURE_CLOSE, 20L));
            }
        }
    }

    @Test
    void a_broken_chunk_and_plain_nonsense_are_protocol_errors() throws Exception {
        for (String answer : new String[] {
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nnot-a-size\r\n",
            "220 mail.example ESMTP\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\n\r\n"
        }) {
            try (var target = HttpTarget.answering((_, reply) -> reply.raw(answer))) {
                assertThat(Runs.twenty(target.uri()).result().errors())
                        .as(answer)
                        .isEqualTo(Map.of(ErrorKind.PROTOCOL, 20L));
            }
        }
    }

    @Test
    void statuses_fall_into_their_kinds() throws Exception {
        try (var target = HttpTarget.answering((request, reply) ->
                reply.send(HttpTarget.response(Integer.parseInt(request.uri().substring(1)), "")))) {
            int[] statuses = {200, 404, 500, 302, 204, 503, 304, 429};
            var profile = LoadProfile.of(target.uri(), 100).lasting(Duration.ofMillis(80));
            var heard = Runs.run(profile, arrival -> LoadRequest.get("/" + statuses[(int) arrival]));
            assertThat(heard.result().errors())
                    .isEqualTo(Map.of(ErrorKind.HTTP_4XX, 2L, ErrorKind.HTTP_5XX, 2L, ErrorKind.REDIRECT, 1L));
            assertThat(heard.result().requests()).isEqualTo(8);
            assertThat(heard.result().failed()).isEqualTo(5);
        }
    }

    @Test
    void a_response_that_its_check_refuses_is_failed() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            var wanted = LoadRequest.get("/")
                    .expecting(response -> response.bodyText().equals("basket"));
            var profile = LoadProfile.of(target.uri(), 100).lasting(Duration.ofMillis(100));
            assertThat(Runs.run(profile, RequestSource.repeating(wanted))
                            .result()
                            .errors())
                    .isEqualTo(Map.of(ErrorKind.CHECK_FAILED, 10L));
        }
    }

    private static LoadProfile quick(HttpTarget target) {
        return LoadProfile.of(target.uri(), 100).lasting(SHORT).withTimeOuts(SHORT, SHORT);
    }

    private static List<Socket> fill(ServerSocket server) throws IOException {
        var fillers = new ArrayList<Socket>();
        while (true) {
            var socket = new Socket();
            fillers.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException _) {
                return fillers;
            }
        }
    }
}
