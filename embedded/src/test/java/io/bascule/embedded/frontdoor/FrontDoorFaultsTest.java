package io.bascule.embedded.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.core.plan.Side;
import io.bascule.embedded.frontdoor.FrontDoorConfig.TimeOuts;
import io.bascule.embedded.http.Await;
import io.bascule.embedded.http.RawClient;
import io.bascule.embedded.http.RawServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorFaultsTest {
    @TempDir
    Path folder;

    private FrontDoor before(URI side) throws Exception {
        return FrontDoor.start(Rig.config(folder, side, side)
                .withHealth("/health", Duration.ofMinutes(1))
                .withTimeOuts(new TimeOuts(Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofMillis(800))));
    }

    private static long failed(FrontDoor door) {
        return Rig.router(door, Rig.TOKEN)
                .window(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1), Rig.soon())
                .window()
                .orElseThrow()
                .of(Side.SOURCE)
                .failed();
    }

    @Test
    void a_side_that_dies_in_the_middle_of_an_answer_is_seen_as_a_broken_answer() throws Exception {
        try (RawServer side = new RawServer(socket -> {
                    RawServer.head(socket);
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
                });
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            assertThatThrownBy(() -> client.get("/")).isInstanceOf(EOFException.class);
            Await.until("counted", () -> failed(door) == 1);
        }
    }

    @Test
    void a_chunked_answer_cut_short_has_no_last_chunk() throws Exception {
        try (RawServer side = new RawServer(socket -> {
                    RawServer.head(socket);
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n");
                });
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            assertThatThrownBy(() -> client.get("/")).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void a_side_that_is_not_there_is_a_502_and_the_connection_stays() throws Exception {
        URI nobody;
        try (ServerSocket taken = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
        try (FrontDoor door = before(nobody);
                RawClient client = new RawClient(door.uri())) {
            for (int i = 1; i <= 2; i++) {
                RawClient.Answer answer = client.get("/");
                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.header("x-bascule-refused")).isEqualTo("connect-refused");
                assertThat(failed(door)).isEqualTo(i);
            }
        }
    }

    @Test
    void a_side_that_never_answers_is_a_504() throws Exception {
        try (RawServer side = new RawServer(socket -> {
                    RawServer.head(socket);
                    socket.getInputStream().read();
                });
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            assertThat(client.get("/").status()).isEqualTo(504);
            assertThat(failed(door)).isEqualTo(1);
        }
    }

    @Test
    void a_write_is_never_sent_twice_when_its_connection_breaks() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        try (RawServer side = new RawServer(socket -> {
                    while (true) {
                        String head = RawServer.head(socket);
                        if (head.startsWith("POST")) {
                            writes.incrementAndGet();
                            return;
                        }
                        RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.post("/orders", "x").answer().status()).isEqualTo(502);
            assertThat(writes).hasValue(1);
        }
    }

    @Test
    void a_read_on_a_connection_that_the_side_was_closing_is_asked_again() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (RawServer side = new RawServer(socket -> {
                    RawServer.head(socket);
                    connections.incrementAndGet();
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    RawServer.head(socket); // takes the second request and closes without a word
                });
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(connections).hasValue(2);
        }
    }

    @Test
    void a_slow_client_slows_its_side_down_and_fills_no_memory() throws Exception {
        AtomicLong sent = new AtomicLong();
        AtomicBoolean brokenOff = new AtomicBoolean();
        int chunks = 2000;
        try (RawServer side = new RawServer(socket -> {
                    RawServer.head(socket);
                    RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + chunks * 65_536L + "\r\n\r\n");
                    byte[] chunk = new byte[65_536];
                    try {
                        for (int i = 0; i < chunks; i++) {
                            socket.getOutputStream().write(chunk);
                            sent.addAndGet(chunk.length);
                        }
                    } catch (IOException e) {
                        brokenOff.set(true);
                    }
                });
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            client.send("GET / HTTP/1.1\r\nHost: door\r\n\r\n");
            Await.until("the side waits", () -> {
                long before = sent.get();
                Thread.sleep(100);
                return before > 0 && sent.get() == before;
            });
            assertThat(sent.get()).isLessThan(chunks * 65_536L / 2);
            Await.until("a client that takes nothing is let go", brokenOff::get);
        }
    }

    @Test
    void half_a_request_is_let_go_in_time() throws Exception {
        try (RawServer side = new RawServer(RawServer::head);
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 10\r\n\r\nhalf");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void nonsense_is_a_400() throws Exception {
        try (RawServer side = new RawServer(RawServer::head);
                FrontDoor door = before(side.uri());
                RawClient client = new RawClient(door.uri())) {
            assertThat(client.send("this is no request\r\n\r\n").answer().status())
                    .isEqualTo(400);
        }
    }
}
