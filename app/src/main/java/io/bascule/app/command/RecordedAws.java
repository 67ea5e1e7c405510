package io.bascule.app.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bascule.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers on a free port of loopback what AWS's APIs answered when they were recorded, by service and action, each in the
 * order of then and the last one again; what was not asked then is denied. For training only: nothing is remembered, and no
 * signature is looked at.
 */
final class RecordedAws implements AutoCloseable {
    private static final Pattern SERVICE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/");
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

    private final Map<String, List<Map<String, Object>>> answers;
    private final Map<String, Integer> given = new ConcurrentHashMap<>();
    private final HttpServer server;

    private RecordedAws(Map<String, List<Map<String, Object>>> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param recorded JSON: a question, such as {@code ssm GetParameter}, to its answers with status, type and body */
    @SuppressWarnings("unchecked") // the file is ours
    static RecordedAws of(Path recorded) throws IOException {
        return new RecordedAws((Map<String, List<Map<String, Object>>>)
                Objects.requireNonNull(Json.parse(Files.readString(recorded))));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String asked = asked(exchange, body);
        List<Map<String, Object>> known = answers.getOrDefault(
                asked, List.of(Map.of("status", 400, "type", "text/plain", "body", "nobody asked this: " + asked)));
        int turn = Math.min(given.merge(asked, 1, Integer::sum), known.size()) - 1;
        Map<String, Object> answer = known.get(turn);
        byte[] bytes = answer.getOrDefault("body", "").toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "" + answer.get("type"));
        exchange.sendResponseHeaders(((Number) answer.getOrDefault("status", 200)).intValue(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String asked(HttpExchange exchange, String body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String service = first(SERVICE, "" + exchange.getRequestHeaders().getFirst("Authorization"));
        if (target != null) {
            return service + " " + target.substring(target.lastIndexOf('.') + 1);
        }
        String action = first(ACTION, body);
        return service + " "
                + (action.isEmpty()
                        ? exchange.getRequestMethod() + " "
                                + exchange.getRequestURI().getRawPath()
                        : action);
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
