package io.bascule.embedded.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Random;

/** Makes a shop's database with rows in it; the same numbers give the same rows. */
public final class ShopSeed {
    private static final String[] SCHEMA = {
        "create table orders(id integer primary key autoincrement, user text not null, key text not null,"
                + " amount integer not null, at text not null)",
        "create table items(id integer primary key, name text not null, price integer not null, stock integer not null)",
        "create table invoices(id integer primary key autoincrement, order_id integer not null unique, at text not null)",
        "create index orders_by_user on orders(user)"
    };

    private ShopSeed() {}

    /**
     * Orders with an invoice each, and items.
     *
     * @throws IOException when the file exists already
     */
    public static void create(Path file, int orders, int items) throws IOException, SQLException {
        if (Files.exists(file)) {
            throw new IOException(file + " exists");
        }
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode=wal");
            }
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
            fill(connection, orders, items);
            connection.commit();
        }
    }

    private static void fill(Connection connection, int orders, int items) throws SQLException {
        Random random = new Random(20_261_121);
        Instant begin = Instant.parse("2026-01-05T08:00:00Z");
        try (PreparedStatement order =
                        connection.prepareStatement("insert into orders(user, key, amount, at) values (?, ?, ?, ?)");
                PreparedStatement invoice =
                        connection.prepareStatement("insert into invoices(order_id, at) values (?, ?)")) {
            for (int i = 1; i <= orders; i++) {
                String at = begin.plusSeconds(i * 37L).toString();
                order.setString(1, "user-" + random.nextInt(2000));
                order.setString(2, "seed-" + i);
                order.setLong(3, 100 + random.nextInt(50_000));
                order.setString(4, at);
                order.addBatch();
                invoice.setLong(1, i);
                invoice.setString(2, at);
                invoice.addBatch();
            }
            order.executeBatch();
            invoice.executeBatch();
        }
        try (PreparedStatement item =
                connection.prepareStatement("insert into items(id, name, price, stock) values (?, ?, ?, ?)")) {
            for (int i = 1; i <= items; i++) {
                item.setLong(1, i);
                item.setString(2, "Item " + i + (i % 7 == 0 ? " — größer" : ""));
                item.setLong(3, 100 + random.nextInt(9000));
                item.setLong(4, random.nextInt(500));
                item.addBatch();
            }
            item.executeBatch();
        }
    }
}
