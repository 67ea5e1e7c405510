package io.bascule.aws.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer behind a line that spoils one call: the N-th, in one of the ways that calls to AWS go wrong. */
public final class LossyPeer implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");
    private final URI peer;
    private final int spoiled;
    private final Fate fate;
    private final String changing;
    private final HttpServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    /** What becomes of the spoiled call. */
    public enum Fate {
        /** Refused: too many requests. Nothing is done. */
        THROTTLED,
        /** 503, and nothing is done. */
        NOT_DONE_AND_503,
        /** Done, but 503 is answered. */
        DONE_BUT_503,
        /** Done, but the answer is lost. */
        DONE_BUT_LOST,
        /** The connection breaks before anything is done. */
        BROKEN_OFF
    }

    /**
     * @param spoiled which call, from 1
     * @param changing what the body of a call that changes something contains
     */
    public LossyPeer(URI peer, int spoiled, Fate fate, String changing) throws IOException {
        this.peer = peer;
        this.spoiled = spoiled;
        this.fate = fate;
        this.changing = changing;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI at() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Whether the call to be spoiled was made. */
    public boolean spoiledOne() {
        return calls.get() >= spoiled;
    }

    /** How many changes the peer has carried out. */
    public int changesDone() {
        return changes.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean now = calls.incrementAndGet() == spoiled;
        try (exchange) {
            if (now && fate == Fate.THROTTLED) {
                answer(exchange, 400, error("Throttling", "Rate exceeded"));
            } else if (now && fate == Fate.NOT_DONE_AND_503) {
                answer(exchange, 503, error("ServiceUnavailable", "try again"));
            } else if (!now || fate != Fate.BROKEN_OFF) {
                passOn(exchange, body, now);
            }
        }
    }

    private static byte[] error(String code, String message) {
        return ("<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>1</RequestId></ErrorResponse>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void passOn(HttpExchange exchange, byte[] body, boolean now) throws IOException {
        HttpResponse<byte[]> answer = ask(exchange, body);
        boolean changed = new String(body, StandardCharsets.UTF_8).contains(changing) && answer.statusCode() / 100 == 2;
        if (changed) {
            changes.incrementAndGet();
        }
        if (now && fate == Fate.DONE_BUT_503) {
            answer(exchange, 503, error("ServiceUnavailable", "try again"));
        } else if (!now || fate != Fate.DONE_BUT_LOST) {
            answer.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
            answer(exchange, answer.statusCode(), answer.body());
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(peer + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.getFirst());
            }
        });
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
