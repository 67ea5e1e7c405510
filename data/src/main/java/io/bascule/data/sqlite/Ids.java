package io.bascule.data.sqlite;

import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Next ids: above every id that is or ever was given out, on either side. */
final class Ids {
    /** Beyond this share of all ids the way is at risk. */
    static final double HEADROOM_LEAST = 0.2;

    private Ids() {}

    /**
     * Raises the counters of {@code main} above its own ids and, where it is attached, those of {@code other}.
     *
     * @return why a table cannot take another row, if so
     */
    static Optional<String> raise(Db db, boolean both) throws SQLException {
        Optional<String> full = Optional.empty();
        Map<String, Table> others = both ? Schema.tables(db, "other") : Map.of();
        for (Table table : Schema.tables(db, "main").values()) {
            if (table.hiddenKey() || !table.integerKey()) {
                continue;
            }
            Table other = others.get(table.name());
            long highest = Math.max(
                    highest(db, "main", table),
                    other == null || other.hiddenKey() || !other.integerKey() ? 0 : highest(db, "other", other));
            if (highest == Long.MAX_VALUE) {
                full = Optional.of("table " + table.name() + " has no id left");
            }
            if (table.counted()) {
                count(db, table, highest);
            }
        }
        return full;
    }

    private static void count(Db db, Table table, long highest) throws SQLException {
        long there = db.number("SELECT count(*) FROM main.sqlite_sequence WHERE name = ?", table.name());
        if (there == 0 && highest > 0) {
            db.run("INSERT INTO main.sqlite_sequence(name, seq) VALUES(?, ?)", table.name(), highest);
        } else if (highest > 0) {
            db.run(
                    "UPDATE main.sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?",
                    highest,
                    table.name(),
                    highest);
        }
    }

    /** The highest id that is in the table, or was given out by its counter. */
    private static long highest(Db db, String schema, Table table) throws SQLException {
        long present = present(db, schema, table);
        return table.counted() ? Math.max(present, counter(db, schema, table)) : present;
    }

    private static long present(Db db, String schema, Table table) throws SQLException {
        return db.number("SELECT max(" + table.key().getFirst() + ") FROM " + schema + "." + table.quoted());
    }

    private static long counter(Db db, String schema, Table table) throws SQLException {
        return db.number("SELECT max(seq) FROM " + schema + ".sqlite_sequence WHERE name = ?", table.name());
    }

    /** The share of all ids that the fullest table has used. */
    static double used(Db db) throws SQLException {
        double used = 0;
        for (Table table : Schema.tables(db, "main").values()) {
            if (table.integerKey() && !table.hiddenKey()) {
                used = Math.max(used, highest(db, "main", table) / (double) Long.MAX_VALUE);
            }
        }
        return used;
    }

    static Finding identity(Db db) throws SQLException {
        int tables = 0;
        for (Table table : Schema.tables(db, "main").values()) {
            if (table.hiddenKey() || !table.integerKey()) {
                continue;
            }
            tables++;
            long present = present(db, "main", table);
            if (present == Long.MAX_VALUE) {
                return fail(table, present, "no id is left");
            }
            if (table.counted() && present > 0 && counter(db, "main", table) < present) {
                return fail(table, present, "the counter is behind: " + counter(db, "main", table));
            }
        }
        return Finding.of(new Verdict.Pass("every next id is above max(id)"), "tables", tables);
    }

    private static Finding fail(Table table, long present, String why) {
        return Finding.of(
                new Verdict.Fail("table " + table.name() + ", max(id) " + present + ": " + why),
                "table",
                table.name(),
                "maxId",
                present);
    }
}
