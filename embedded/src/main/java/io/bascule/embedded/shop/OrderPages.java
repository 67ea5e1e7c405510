package io.bascule.embedded.shop;

import io.bascule.core.json.Json;
import io.bascule.embedded.http.HttpAsk;
import io.bascule.embedded.http.HttpReply;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages that users see. */
final class OrderPages {
    private static final int LIMIT_MAX = 500;
    private static final String COLUMNS = "select id, user, key, amount, at from orders ";

    private final InstantSource clock;

    OrderPages(InstantSource clock) {
        this.clock = clock;
    }

    HttpReply answer(HttpAsk ask, ShopDatabase database) throws SQLException, InterruptedException {
        if (ask.method().equals("POST") && ask.path().equals("/orders")) {
            return order(ask.json(), database);
        }
        if (!ask.method().equals("GET") && !ask.method().equals("HEAD")) {
            return HttpReply.json(405, "why", "not a method of this page");
        }
        if (ask.path().equals("/")) {
            return HttpReply.text(200, "The shop. " + database.read(OrderPages::newest) + " orders so far.\n");
        }
        if (ask.path().equals("/orders")) {
            int limit = Integer.parseInt(ask.query().getOrDefault("limit", "20"));
            String newestFirst = COLUMNS + "order by id desc limit ?";
            return HttpReply.json(
                    200, "orders", database.read(c -> rows(c, newestFirst, Math.clamp(limit, 1, LIMIT_MAX))));
        }
        return ask.path().startsWith("/orders/")
                ? one(Long.parseLong(ask.path().substring("/orders/".length())), database)
                : HttpReply.json(404, "why", "no such page");
    }

    private static long newest(Connection connection) throws SQLException {
        return ShopDatabase.count(connection, "select coalesce(max(id), 0) from orders");
    }

    private static HttpReply one(long id, ShopDatabase database) throws SQLException, InterruptedException {
        List<Map<String, @Nullable Object>> found = database.read(c -> rows(c, COLUMNS + "where id = ?", id));
        return found.isEmpty() ? HttpReply.json(404, "why", "no such order") : HttpReply.json(200, found.getFirst());
    }

    private static List<Map<String, @Nullable Object>> rows(Connection connection, String sql, long argument)
            throws SQLException {
        List<Map<String, @Nullable Object>> out = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, argument);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    out.add(Json.object(
                            "id", rows.getLong(1),
                            "user", rows.getString(2),
                            "key", rows.getString(3),
                            "amount", rows.getLong(4),
                            "at", rows.getString(5)));
                }
            }
        }
        return out;
    }

    private HttpReply order(Map<String, @Nullable Object> json, ShopDatabase database)
            throws SQLException, InterruptedException {
        String user = text(json, "user");
        String key = text(json, "key");
        long amount = json.get("amount") instanceof Number number ? number.longValue() : 0;
        String at = clock.instant().toString();
        long id = database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into orders(user, key, amount, at) values (?, ?, ?, ?) returning id")) {
                insert.setString(1, user);
                insert.setString(2, key);
                insert.setLong(3, amount);
                insert.setString(4, at);
                try (ResultSet made = insert.executeQuery()) {
                    made.next();
                    long allocated = made.getLong(1);
                    made.next(); // to the end: only then it is committed
                    return allocated;
                }
            }
        });
        return HttpReply.json(201, "id", id);
    }

    private static String text(Map<String, @Nullable Object> json, String key) {
        Object value = json.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value.toString();
    }
}
