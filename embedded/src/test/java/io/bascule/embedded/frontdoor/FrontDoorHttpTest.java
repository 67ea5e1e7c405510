package io.bascule.embedded.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.embedded.http.HttpReply;
import io.bascule.embedded.http.RawClient;
import io.bascule.embedded.http.RawServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorHttpTest {
    @TempDir
    Path folder;

    private Rig echo() throws Exception {
        return Rig.start(
                folder,
                ask -> HttpReply.text(200, ask.method() + " " + ask.body().text()),
                Rig.named("target"),
                config -> config);
    }

    @Test
    void chunked_bodies_pass_whole() throws Exception {
        try (Rig rig = echo();
                RawClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                    .send("2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST abcde");
            client.send("GET / HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("GET abc");
        }
    }

    @Test
    void a_body_of_a_thousand_tiny_chunks_passes() throws Exception {
        try (Rig rig = echo();
                RawClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(20_000)
                    + "0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST " + "x".repeat(20_000));
        }
    }

    @Test
    void head_has_a_length_and_no_body() throws Exception {
        try (RawServer side = new RawServer(socket -> {
                    while (true) {
                        RawServer.head(socket);
                        RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n");
                    }
                });
                FrontDoor door = FrontDoor.start(Rig.config(folder, side.uri(), side.uri()));
                RawClient client = new RawClient(door.uri())) {
            for (int i = 0; i < 2; i++) {
                client.send("HEAD / HTTP/1.1\r\nHost: d\r\n\r\n");
                assertThat(client.answer(false).header("content-length")).isEqualTo("77");
            }
        }
    }

    @Test
    void expect_continue_is_answered_by_the_door() throws Exception {
        try (Rig rig = echo();
                RawClient client = rig.client()) {
            for (String method : List.of("POST", "REPORT")) {
                client.send(method + " / HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
                assertThat(client.answer(false).status()).isEqualTo(100);
                assertThat(client.send("ok").answer().body()).isEqualTo(method + " ok");
            }
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws Exception {
        try (Rig rig = echo();
                RawClient client = rig.client()) {
            String post = "POST / HTTP/1.1\r\nHost: d\r\nContent-Length: 1\r\n\r\n";
            client.send(post + "1GET / HTTP/1.1\r\nHost: d\r\n\r\n" + post + "2");
            assertThat(client.answer().body()).isEqualTo("POST 1");
            assertThat(client.answer().body()).isEqualTo("GET ");
            assertThat(client.answer().body()).isEqualTo("POST 2");
        }
    }

    @Test
    void headers_of_one_hop_do_not_pass() throws Exception {
        List<String> heads = new ArrayList<>();
        try (RawServer side = new RawServer(socket -> {
                    heads.add(RawServer.head(socket));
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n");
                    RawServer.say(socket, "X-Stays: 2\r\nX-Bascule-Side: lies\r\nContent-Length: 0\r\n\r\n");
                });
                FrontDoor door = FrontDoor.start(Rig.config(folder, side.uri(), side.uri()));
                RawClient client = new RawClient(door.uri())) {
            RawClient.Answer answer =
                    client.get("/", "Connection: keep-alive, X-Mine", "X-Mine: 1", "X-Yours: 2", "TE: trailers");
            assertThat(heads.getFirst()).contains("X-Yours: 2", "Host: door").doesNotContain("X-Mine", "TE:");
            assertThat(answer.headers()).containsEntry("x-stays", "2").containsEntry("x-bascule-side", "source");
            assertThat(answer.headers()).doesNotContainKey("x-hop");
            assertThat(client.get("/").status())
                    .as("the client's connection stays")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_client_of_http_1_0_is_answered_until_the_connection_closes() throws Exception {
        try (RawServer side = new RawServer(socket -> {
                    RawServer.head(socket);
                    RawServer.say(
                            socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n\r\n");
                });
                FrontDoor door = FrontDoor.start(Rig.config(folder, side.uri(), side.uri()));
                RawClient client = new RawClient(door.uri())) {
            RawClient.Answer answer = client.send("GET / HTTP/1.0\r\n\r\n").answer();
            assertThat(answer.body()).isEqualTo("four");
            assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
        }
    }

    @Test
    void fifteen_hundred_clients_are_served_at_once() throws Exception {
        try (Rig rig = echo()) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                clients.add(rig.client());
            }
            for (RawClient client : clients) {
                client.send("GET / HTTP/1.1\r\nHost: d\r\n\r\n");
            }
            for (RawClient client : clients) {
                assertThat(client.answer().status()).isEqualTo(200);
                client.close();
            }
        }
    }
}
