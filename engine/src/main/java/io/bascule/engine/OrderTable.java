package io.bascule.engine;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.json.RecordJson;
import io.bascule.core.run.Order;
import io.bascule.core.run.OrderEnvelope;
import io.bascule.core.run.RunId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on the inbox. */
final class OrderTable {
    private final Dialect dialect;

    OrderTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Orders of one run get their numbers in the order in which they become visible, so that nobody who has read up to
     * a number misses a smaller one. SQLite has one writer; PostgreSQL needs this lock, held to the commit.
     */
    void queueUp(Connection connection, String queue) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            Sql.query(connection, "select pg_advisory_xact_lock(hashtext(?)::bigint)", row -> true, "bascule " + queue);
        }
    }

    Optional<Long> numberOf(Connection connection, String token) throws SQLException {
        return Sql.first(connection, "select id from orders where token=?", row -> row.getLong(1), token);
    }

    long insert(Connection connection, RunId run, OrderEnvelope given, String token, Instant at) throws SQLException {
        if (!(given.order() instanceof Record order)) {
            throw new IllegalArgumentException(
                    "an order is a record: " + given.order().getClass());
        }
        Sql.update(
                connection,
                "insert into orders(run, kind, body, who, principal, reason, token, at) values(?,?,?,?,?,?,?,?)",
                run.text(),
                given.order().verb(),
                Json.canonical(RecordJson.toMap(order)),
                given.who(),
                given.principal(),
                given.reason(),
                token,
                dialect.time(at));
        return numberOf(connection, token).orElseThrow();
    }

    List<OrderEnvelope> after(Connection connection, RunId run, long last) throws SQLException {
        return Sql.query(
                connection,
                "select id, body, who, principal, reason from orders where run=? and id>? order by id",
                OrderTable::envelope,
                run.text(),
                last);
    }

    /** Whether an order above {@code last} wants to go back or stop. */
    boolean urgentAfter(Connection connection, RunId run, long last) throws SQLException {
        return Sql.first(
                        connection,
                        "select 1 from orders where run=? and id>? and kind in ('rollback', 'abort') limit 1",
                        row -> true,
                        run.text(),
                        last)
                .isPresent();
    }

    private static OrderEnvelope envelope(ResultSet row) throws SQLException {
        return new OrderEnvelope(
                row.getLong("id"),
                RecordJson.fromMap(Order.class, map(row.getString("body"))),
                row.getString("who"),
                row.getString("principal"),
                row.getString("reason"));
    }

    private static Map<String, @Nullable Object> map(String body) {
        if (!(Json.parse(body) instanceof Map<?, ?> parsed)) {
            throw new JsonException("an order is an object: " + body);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        parsed.forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }
}
