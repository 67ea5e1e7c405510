package io.bascule.load.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bascule.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A shop with noisy answers: request ids, times, session cookies, lists in any order. Its second version has faults planted,
 * most of them on one request of the log in hundreds.
 */
final class TwoVersions implements AutoCloseable {

    private final HttpServer server;
    private final boolean second;
    private final Random chance;

    TwoVersions(boolean second, long seed) throws IOException {
        this.second = second;
        chance = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String kind = path.substring(1).split("/", 2)[0];
        int id = path.matches("/\\w+/\\d+") ? Integer.parseInt(path.replaceAll("\\D", "")) : 0;
        exchange.getResponseHeaders().set("X-Request-Number", "" + next());
        exchange.getResponseHeaders().add("Set-Cookie", "session=" + UUID.randomUUID() + "; Path=/; HttpOnly");
        switch (kind) {
            case "products" -> product(exchange, id);
            case "orders" -> orders(exchange, id);
            case "search" -> search(exchange);
            case "page" -> page(exchange, id);
            case "old" -> redirect(exchange, id);
            case "tags" -> tags(exchange, id);
            default -> send(exchange, 404, "text/plain", "none");
        }
    }

    /** 1: one is gone. 2: a header is missing. 3: a header has another value. 4: one price is rounded. 5: a number is a text. */
    private void product(HttpExchange exchange, int id) throws IOException {
        if (second && id == 77) {
            send(exchange, 404, "application/json", "{\"error\":\"no such product\"}");
            return;
        }
        if (!second || id != 30) {
            exchange.getResponseHeaders().set("X-Catalogue", "main");
        }
        exchange.getResponseHeaders().set("Cache-Control", second ? "no-store" : "max-age=60");
        Object price = second && id == 12 ? 20L : 19.99;
        Object stock = second && id == 45 ? "7" : 7L;
        json(
                exchange,
                Json.object(
                        "id",
                        (long) id,
                        "name",
                        "Product " + id,
                        "price",
                        price,
                        "stock",
                        stock,
                        "servedBy",
                        "node-" + next() % 3,
                        "at",
                        Instant.now().toString()));
    }

    /** 6: a field is missing. 7: a field is new. 8: null in place of a text. 9: a list in another order. 10: an item is missing. */
    private void orders(HttpExchange exchange, int id) throws IOException {
        var lines = new ArrayList<Object>();
        for (long i = 1; i <= 4; i++) {
            lines.add(Json.object(
                    "line",
                    i,
                    "sku",
                    "sku-" + id + "-" + i,
                    "trace",
                    UUID.randomUUID().toString()));
        }
        if (second && id == 21) {
            Collections.swap(lines, 0, 3);
        }
        if (second && id == 22) {
            lines.removeLast();
        }
        var order = Json.object(
                "id",
                (long) id,
                "lines",
                lines,
                "currency",
                "EUR",
                "note",
                "as it was",
                "readAt",
                Instant.now().toEpochMilli());
        if (second && id == 23) {
            order.remove("currency");
        }
        if (second && id == 24) {
            order.put("vat", 19L);
        }
        if (second && id == 25) {
            order.put("note", null);
        }
        json(exchange, order);
    }

    /** The hits come in any order. 11: two of them have swapped a field. */
    private void search(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        boolean wrong = second && "q=lamp".equals(query);
        var hits = new ArrayList<Object>();
        for (int i = 0; i < 5; i++) {
            int colour = wrong && i < 2 ? 1 - i : i;
            hits.add(Json.object("product", (long) i, "colour", "colour-" + colour, "score", (long) next() % 1_000));
        }
        shuffle(hits);
        json(exchange, Json.object("query", query, "hits", hits));
    }

    /** 12: a word in one page. */
    private void page(HttpExchange exchange, int id) throws IOException {
        String price = second && id == 3 ? "Price on request" : "Price: 10 EUR";
        send(
                exchange,
                200,
                "text/html",
                "<html>\n<h1>Page " + id + "</h1>\n<p>" + price + "</p>\n<!-- made " + Instant.now() + " token "
                        + next() + " -->\n</html>");
    }

    private void redirect(HttpExchange exchange, int id) throws IOException {
        exchange.getResponseHeaders().set("Location", "/products/" + id);
        send(exchange, 302, "text/plain", "");
    }

    private void tags(HttpExchange exchange, int id) throws IOException {
        var tags = new ArrayList<>(List.of("new", "sale", "tag-" + id));
        shuffle(tags);
        json(exchange, Map.of("tags", tags));
    }

    private synchronized int next() {
        return chance.nextInt(1_000_000);
    }

    private synchronized void shuffle(List<?> list) {
        Collections.shuffle(list, chance);
    }

    private static void json(HttpExchange exchange, Object value) throws IOException {
        send(exchange, 200, "application/json", Json.write(value));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
