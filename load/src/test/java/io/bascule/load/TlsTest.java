package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    static Path folder;

    private static Certificates good;

    @BeforeAll
    static void make() throws Exception {
        good = Certificates.make(folder, "dns:localhost,ip:127.0.0.1", "-1d", 3);
    }

    @Test
    void a_trusted_target_is_loaded_over_connections_that_are_kept() throws Exception {
        try (var server = new Server(good)) {
            for (ResponseListener listener : new ResponseListener[] {ResponseListener.NONE, _ -> {}}) {
                server.clients.clear();
                LoadResult result = run(server.port(), Wire.PLAIN.trusting(good.pem()), listener);
                assertThat(result.errors()).isEmpty();
                assertThat(result.requests()).isEqualTo(20);
                assertThat(server.clients).hasSizeBetween(1, 4);
            }
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_a_failure() throws Exception {
        try (var server = new Server(good)) {
            LoadResult result = run(server.port(), Wire.PLAIN, ResponseListener.NONE);
            assertThat(result.errors()).isEqualTo(Map.of(ErrorKind.TLS_CERTIFICATE, 20L));
        }
    }

    @Test
    void another_names_certificate_is_a_failure() throws Exception {
        Certificates other = Certificates.make(folder, "dns:other.example", "-1d", 3);
        try (var server = new Server(other)) {
            LoadResult result = run(server.port(), Wire.PLAIN.trusting(other.pem()), ResponseListener.NONE);
            assertThat(result.errors()).isEqualTo(Map.of(ErrorKind.TLS_CERTIFICATE, 20L));
        }
    }

    @Test
    void an_expired_certificate_is_a_failure() throws Exception {
        Certificates old = Certificates.make(folder, "dns:localhost", "-10d", 5);
        try (var server = new Server(old)) {
            LoadResult result = run(server.port(), Wire.PLAIN.trusting(old.pem()), ResponseListener.NONE);
            assertThat(result.errors()).isEqualTo(Map.of(ErrorKind.TLS_CERTIFICATE, 20L));
        }
    }

    @Test
    void a_target_without_tls_is_a_failed_handshake() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            LoadResult result = run(target.uri().getPort(), Wire.PLAIN, ResponseListener.NONE);
            assertThat(result.errors()).isEqualTo(Map.of(ErrorKind.TLS_HANDSHAKE, 20L));
        }
    }

    @Test
    void a_target_that_never_shakes_hands_is_given_up() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var profile = LoadProfile.of(URI.create("https://localhost:" + silent.getLocalPort() + "/"), 100)
                    .lasting(Duration.ofMillis(200))
                    .withTimeOuts(Duration.ofMillis(500), Duration.ofSeconds(20));
            assertThat(Runs.run(profile, Runs.get()).result().errors()).isEqualTo(Map.of(ErrorKind.TLS_HANDSHAKE, 20L));
        }
    }

    @Test
    void the_new_side_is_reached_under_the_old_name_before_dns_moves() throws Exception {
        Certificates shop = Certificates.make(folder, "dns:shop.example", "-1d", 3);
        try (var server = new Server(shop)) {
            var wire = Wire.PLAIN.trusting(shop.pem()).connectingTo(new Wire.HostPort("127.0.0.1", server.port()));
            var profile = LoadProfile.of(URI.create("https://shop.example/"), 100)
                    .lasting(Duration.ofMillis(200))
                    .over(wire);
            var heard = Runs.run(profile, Runs.get());
            assertThat(heard.result().errors()).isEmpty();
            assertThat(heard.first().bodyText()).isEqualTo("shop.example");
        }
    }

    @Test
    void certificates_that_cannot_be_read_are_told_before_the_run() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "hello");
        var profile = LoadProfile.of(URI.create("https://localhost:1/"), 1).over(Wire.PLAIN.trusting(nonsense));
        assertThatThrownBy(() -> LoadGenerator.start(profile, Runs.get(), ResponseListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense.pem");
    }

    private static LoadResult run(int port, Wire wire, ResponseListener listener) throws InterruptedException {
        var profile = LoadProfile.of(URI.create("https://localhost:" + port + "/"), 100)
                .withConnections(4)
                .lasting(Duration.ofMillis(200))
                .over(wire);
        try (var run = LoadGenerator.start(profile, Runs.get(), listener)) {
            return run.await();
        }
    }

    /** Answers with the name under which it was asked. */
    private static final class Server implements AutoCloseable {
        final Set<Object> clients = ConcurrentHashMap.newKeySet();
        private final HttpsServer server;

        Server(Certificates certificates) throws Exception {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                clients.add(exchange.getRemoteAddress());
                byte[] body =
                        exchange.getRequestHeaders().getFirst("Host").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
