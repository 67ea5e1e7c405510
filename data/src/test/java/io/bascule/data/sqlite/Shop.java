package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The shop's two databases as its applications use them, with connections of their own. */
final class Shop {
    final Path source;
    final Path target;

    private Shop(Path folder) {
        source = folder.resolve("source.db");
        target = folder.resolve("target.db");
    }

    /** What is there already. */
    static Shop at(Path folder) {
        return new Shop(folder);
    }

    /** One table of orders. */
    static Shop plain(Path folder) {
        Shop shop = new Shop(folder);
        run(
                shop.source,
                "PRAGMA journal_mode = WAL",
                "CREATE TABLE orders(id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL)",
                "INSERT INTO orders(what) VALUES('one'), ('two'), ('three')");
        return shop;
    }

    /** Orders with a trigger that keeps an audit, a table without rowid, a view. */
    static Shop rich(Path folder) {
        Shop shop = plain(folder);
        run(
                shop.source,
                "CREATE TABLE audit(at INTEGER DEFAULT 0, line TEXT)",
                "CREATE TABLE stock(sku TEXT PRIMARY KEY, left INTEGER NOT NULL) WITHOUT ROWID",
                "CREATE UNIQUE INDEX audit_line ON audit(line)",
                "CREATE TRIGGER orders_audit AFTER INSERT ON orders BEGIN"
                        + " INSERT INTO audit(line) VALUES('order ' || NEW.id); END",
                "CREATE VIEW order_count AS SELECT count(*) AS n FROM orders",
                "INSERT INTO stock VALUES('chair', 3), ('table', 1)",
                "INSERT INTO orders(what) VALUES('four'), ('five')");
        return shop;
    }

    /** A person with all rights, who puts every trigger back. */
    static void writeUnseen(Path file, String sql) {
        List<String> names = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                    definitions.add(rows.getString(2));
                }
            }
            for (String name : names) {
                statement.execute("DROP TRIGGER \"" + name + "\"");
            }
            statement.execute(sql);
            for (String definition : definitions) {
                statement.execute(definition);
            }
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    Path file(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    SqliteCarrier carrier() {
        return new SqliteCarrier("orders", source, target, InstantSource.system());
    }

    SqliteCarrier carrier(Probe probe) {
        return new SqliteCarrier(new Stores("orders", source, target, InstantSource.system(), probe));
    }

    static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA synchronous = OFF");
        }
        return connection;
    }

    static void run(Path file, String... statements) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    /** The first column of the first row, or why there is none. */
    static String ask(Path file, String sql) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    /** True when it was accepted, false when the fence refused it. */
    static boolean write(Path file, String sql, Object... arguments) {
        return insert(file, sql, arguments).isPresent();
    }

    static OptionalLong insert(Path file, String sql, Object... arguments) {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (Connection connection = connect(file);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
            try (Statement last = connection.createStatement();
                    ResultSet rows = last.executeQuery("SELECT last_insert_rowid()")) {
                return OptionalLong.of(rows.getLong(1));
            }
        } catch (SQLException refused) {
            if (String.valueOf(refused.getMessage()).contains("bascule: fenced")) {
                return OptionalLong.empty();
            }
            throw new IllegalStateException(refused);
        }
    }

    OptionalLong order(Side side, String what) {
        return insert(file(side), "INSERT INTO orders(what) VALUES(?)", what);
    }

    static SortedMap<Long, String> orders(Path file) {
        SortedMap<Long, String> all = new TreeMap<>();
        if (!Files.exists(file)) {
            return all;
        }
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, what FROM orders")) {
            while (rows.next()) {
                all.put(rows.getLong(1), rows.getString(2));
            }
            return all;
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    /** Everything of the user's in a database, as text. */
    static String content(Path file) {
        if (!Files.exists(file)) {
            return "absent";
        }
        return String.join(
                "\n",
                ask(file, "SELECT group_concat(id || '=' || what ORDER BY id) FROM orders"),
                ask(file, "SELECT group_concat(rowid || '=' || line ORDER BY rowid) FROM audit"),
                ask(file, "SELECT group_concat(sku || '=' || left ORDER BY sku) FROM stock"),
                ask(
                        file,
                        "SELECT group_concat(sql ORDER BY name) FROM sqlite_master WHERE name NOT LIKE 'bascule%'"
                                + " AND name NOT LIKE 'sqlite%'"),
                ask(file, "SELECT seq FROM sqlite_sequence WHERE name = 'orders'"));
    }
}
