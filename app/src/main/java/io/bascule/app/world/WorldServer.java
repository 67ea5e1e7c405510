package io.bascule.app.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bascule.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The world's own small control API, on loopback, behind a token that only this user can read. */
final class WorldServer implements AutoCloseable {
    static final String TOKEN = "world.token";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] token;

    /** What the server tells and does. */
    interface Answers {
        @Nullable
        Object users();

        /** @throws Exception when the ledger cannot be held against the database */
        @Nullable
        Object settle() throws Exception;
    }

    WorldServer(Path folder, Answers answers, CountDownLatch end) throws IOException {
        String secret = HexFormat.of().formatHex(random());
        Path file = folder.resolve(TOKEN);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret);
        this.token = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        route("/users", "GET", answers::users);
        route("/users/settle", "POST", answers::settle);
        route("/stop", "POST", () -> {
            end.countDown();
            return Json.object("ends", true);
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private interface Answer {
        @Nullable
        Object get() throws Exception;
    }

    private void route(String path, String method, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!allowed(exchange)) {
                    send(exchange, 401, Json.object("error", "no token"));
                } else if (!exchange.getRequestMethod().equals(method)
                        || !exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, 404, Json.object("error", "no such thing"));
                } else {
                    send(exchange, 200, answer.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                send(exchange, 500, Json.object("error", "" + e));
            }
        });
    }

    private boolean allowed(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token);
    }

    private static void send(HttpExchange exchange, int status, @Nullable Object json) throws IOException {
        byte[] body = Json.write(json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(1); // seconds: the answer to the one who stops it is still sent
        threads.close();
    }
}
