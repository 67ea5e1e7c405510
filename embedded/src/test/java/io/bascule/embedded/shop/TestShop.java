package io.bascule.embedded.shop;

import io.bascule.embedded.http.Await;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Shops over small databases, with a fence as the data module makes it. */
public final class TestShop {
    static final Secret ADMIN = Secret.of("admin-for-tests");

    private TestShop() {}

    public static Path database(Path home, String location) throws IOException, SQLException {
        Path file = home.resolve(location);
        ShopSeed.create(file, 50, 5);
        return file;
    }

    public static void configure(Path home, String side, String... lines) throws IOException {
        Files.createDirectories(home.resolve(side));
        Files.writeString(home.resolve(side + "/app.properties"), String.join("\n", lines) + "\n");
    }

    public static Shop start(Path home, String side) throws IOException {
        return Shop.start(new ShopConfig(
                side,
                "1.0",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                home,
                home.resolve(side + "/app.properties"),
                Optional.of(ADMIN),
                side.equals("source")));
    }

    /** Closes the fence on every table, or opens it. */
    public static void fence(Path database, boolean closed) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout=5000");
            for (String table : new String[] {"orders", "invoices"}) {
                statement.execute(
                        closed
                                ? "create trigger if not exists fence_" + table + " before insert on " + table
                                        + " begin select raise(abort, 'bascule: fenced'); end"
                                : "drop trigger if exists fence_" + table);
            }
        }
    }

    public static long count(Path database, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static Answered call(Shop shop, String method, String path, String body) {
        return switch (HttpCaller.call(
                method,
                URI.create(shop.uri() + path),
                Map.of("Authorization", ADMIN.bearer()),
                body,
                Duration.ofSeconds(10))) {
            case Answered answered -> answered;
            case HttpCaller.NotSent(String why) -> throw new AssertionError(why);
            case HttpCaller.Lost(String why) -> throw new AssertionError(why);
        };
    }

    public static void awaitDatabase(Shop shop, String location) throws Exception {
        Await.until(
                "uses " + location,
                () -> call(shop, "GET", "/status", "").body().contains("\"database\":\"" + location + "\"")
                        && call(shop, "GET", "/health", "").status() == 200);
    }
}
