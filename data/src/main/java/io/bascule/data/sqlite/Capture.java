package io.bascule.data.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Capture of the keys that a target's writes touch, by triggers, into the append-only {@code bascule_reverse}. Its
 * numbers have no gaps: AUTOINCREMENT takes a number back when its transaction is rolled back. Rows that {@code OR
 * REPLACE} throws out of a unique index fire no trigger, so their keys are logged before.
 */
final class Capture {
    private static final String PREFIX = "bascule_reverse_";

    private Capture() {}

    /** Why it cannot be captured. */
    static Optional<String> unsupported(Db db) throws SQLException {
        for (Table table : Schema.tables(db, "main").values()) {
            if (table.key().size() > Schema.KEY_COLUMNS_MOST) {
                return Optional.of("the key of table " + table.name() + " has too many columns");
            }
            if (table.uniques().stream().anyMatch(unique -> unique.columns().contains(""))) {
                return Optional.of("table " + table.name() + " has a unique index on an expression");
            }
        }
        return Optional.empty();
    }

    /** In the caller's transaction: an empty log, all triggers, and what they were made for. */
    static void install(Db db, String id) throws SQLException {
        remove(db);
        db.run("CREATE TABLE main.bascule_reverse(seq INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL,"
                + " k0, k1, k2, k3, k4, k5, k6, k7)");
        for (String trigger : wanted(db).values()) {
            db.run(trigger);
        }
        Controls.put(db, Controls.REVERSE, id);
        Controls.put(db, Controls.REVERSE_SCHEMA, schema(db));
        noteVersion(db);
    }

    static void remove(Db db) throws SQLException {
        for (String name : present(db).keySet()) {
            db.run("DROP TRIGGER " + Table.quote(name));
        }
        db.run("DROP TABLE IF EXISTS main.bascule_reverse");
        Controls.drop(db, Controls.REVERSE, Controls.REVERSE_SCHEMA, Controls.REVERSE_VERSION);
    }

    /** To be called in a transaction that changed triggers of ours. */
    static void noteVersion(Db db) throws SQLException {
        Controls.put(db, Controls.REVERSE_VERSION, String.valueOf(version(db)));
    }

    private static long version(Db db) throws SQLException {
        return db.number("PRAGMA main.schema_version");
    }

    /** Whether the schema was touched by anybody since: triggers may have been away and be back. */
    static boolean wasTouched(Db db) throws SQLException {
        return Controls.getLong(db, "main", Controls.REVERSE_VERSION) != version(db);
    }

    /** Why writes may have passed uncaptured, or cannot be represented at home. */
    static Optional<String> lost(Db db, String id, long carried) throws SQLException {
        if (!Controls.get(db, Controls.REVERSE).equals(Optional.of(id))
                || !Controls.has(db, "main", "bascule_reverse")) {
            return Optional.of("the target's database is not the one that capture was started on");
        }
        Map<String, String> present = present(db);
        for (Map.Entry<String, String> trigger : wanted(db).entrySet()) {
            if (!trigger.getValue().equals(present.get(trigger.getKey()))) {
                return Optional.of("trigger " + trigger.getKey() + " is missing or was changed");
            }
        }
        if (!schema(db).equals(Controls.get(db, Controls.REVERSE_SCHEMA).orElse(""))) {
            return Optional.of("the target's schema was changed");
        }
        return gap(db, carried);
    }

    private static Optional<String> gap(Db db, long carried) throws SQLException {
        long last = db.number("SELECT max(seq) FROM main.sqlite_sequence WHERE name = 'bascule_reverse'");
        long there = db.number("SELECT count(*) FROM main.bascule_reverse WHERE seq > ?", carried);
        return there == last - carried
                ? Optional.empty()
                : Optional.of("the log has " + there + " entries after " + carried + ", and should end at " + last);
    }

    /** How many rows are dirty beyond a position. */
    static long lag(Db db, String schema, long carried) throws SQLException {
        return db.number(
                "SELECT count(*) FROM (SELECT DISTINCT tbl, k0, k1, k2, k3, k4, k5, k6, k7 FROM " + schema
                        + ".bascule_reverse WHERE seq > ? AND tbl <> '')",
                carried);
    }

    private static String schema(Db db) throws SQLException {
        return Schema.definitions(db, "main").toString();
    }

    private static Map<String, String> present(Db db) throws SQLException {
        Map<String, String> triggers = new TreeMap<>();
        db.list(
                "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' AND substr(name, 1, " + PREFIX.length()
                        + ") = '" + PREFIX + "'",
                rows -> triggers.put(rows.getString(1), rows.getString(2)) == null);
        return triggers;
    }

    private static Map<String, String> wanted(Db db) throws SQLException {
        Map<String, String> triggers = new TreeMap<>();
        for (Table table : Schema.tables(db, "main").values()) {
            add(triggers, table, "AFTER INSERT", List.of(log(table, "NEW", "")));
            add(triggers, table, "AFTER DELETE", List.of(log(table, "OLD", "")));
            String moved = " WHERE NOT (" + same(table, "OLD.", "NEW.") + ")";
            add(triggers, table, "AFTER UPDATE", List.of(log(table, "OLD", ""), log(table, "NEW", moved)));
            if (!table.uniques().isEmpty()) {
                add(triggers, table, "BEFORE INSERT", thrownOut(table, ""));
                String others = " AND NOT (" + same(table, "", "OLD.") + ")";
                add(triggers, table, "BEFORE UPDATE", thrownOut(table, others));
            }
        }
        return triggers;
    }

    private static void add(Map<String, String> triggers, Table table, String event, List<String> body) {
        String name = PREFIX + event.toLowerCase(Locale.ROOT).replace(' ', '_') + ":" + table.name();
        triggers.put(
                name,
                "CREATE TRIGGER " + Table.quote(name) + " " + event + " ON " + table.quoted() + " BEGIN "
                        + String.join("; ", body) + "; END");
    }

    private static String into(Table table) {
        List<String> columns = new ArrayList<>(List.of("tbl"));
        for (int i = 0; i < table.key().size(); i++) {
            columns.add("k" + i);
        }
        return String.join(", ", columns);
    }

    private static String log(Table table, String row, String where) {
        return "INSERT INTO bascule_reverse(" + into(table) + ") SELECT " + Table.literal(table.name()) + ", "
                + prefixed(table.key(), row + ".") + where;
    }

    private static List<String> thrownOut(Table table, String others) {
        return table.uniques().stream()
                .map(unique -> logThrownOut(table, unique) + others)
                .toList();
    }

    private static String logThrownOut(Table table, Table.Unique unique) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < unique.columns().size(); i++) {
            String column = Table.quote(unique.columns().get(i));
            equal.add(column + " = NEW." + column + " COLLATE "
                    + Table.quote(unique.collations().get(i)));
        }
        return "INSERT INTO bascule_reverse(" + into(table) + ") SELECT " + Table.literal(table.name()) + ", "
                + String.join(", ", table.key()) + " FROM " + table.quoted() + " WHERE " + String.join(" AND ", equal);
    }

    private static String prefixed(List<String> columns, String prefix) {
        return String.join(", ", columns.stream().map(column -> prefix + column).toList());
    }

    private static String same(Table table, String left, String right) {
        return String.join(
                " AND ",
                table.key().stream()
                        .map(column -> left + column + " IS " + right + column)
                        .toList());
    }
}
