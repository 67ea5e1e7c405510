package io.bascule.data.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries what capture has logged to the source: for each dirty key the target's present row, or none. All in one
 * transaction of the source together with the position, so that doing it again or after a crash changes nothing twice.
 * The source's own triggers are taken away and put back inside that transaction, and foreign keys neither check nor
 * cascade: what they did on the target was captured there.
 */
final class Carry {
    private static final int TRIM_AT_ONCE = 5_000;

    private final Db db;

    /** @param db the source as {@code main}, the target as {@code other} */
    Carry(Db db) {
        this.db = db;
    }

    /**
     * @param rows how many keys were brought up to date
     * @param position of the last entry of the log that was read
     */
    record Carried(long rows, long position) {}

    private record Trigger(String name, String sql) {}

    /** Empty when the source is not closed: then nothing was changed. */
    Optional<Carried> run() throws SQLException {
        return db.within("BEGIN", this::carry, Optional::isPresent);
    }

    private Optional<Carried> carry() throws SQLException {
        // the first statement takes the source's write lock, and no lock on the target
        if (db.run("UPDATE main.bascule_fence SET pass = 1 WHERE id = 1 AND state = 'closed'") != 1) {
            return Optional.empty();
        }
        long from = Controls.getLong(db, "main", Controls.CARRIED);
        long to = Math.max(from, db.number("SELECT max(seq) FROM other.bascule_reverse"));
        long rows = Capture.lag(db, "other", from);
        List<Table> dirty = dirty(from);
        List<Trigger> silenced = silence(dirty);
        for (Table table : dirty) {
            db.run("DELETE FROM main." + table.quoted() + " WHERE " + isDirty(table), table.name(), from);
        }
        for (Table table : dirty) {
            String cells = String.join(", ", table.cells());
            db.run(
                    "INSERT INTO main." + table.quoted() + "(" + cells + ") SELECT " + cells + " FROM other."
                            + table.quoted() + " WHERE " + isDirty(table),
                    table.name(),
                    from);
        }
        for (Trigger trigger : silenced) {
            db.run(trigger.sql());
        }
        Ids.raise(db, true);
        Controls.put(db, Controls.CARRIED, String.valueOf(to));
        db.run("UPDATE main.bascule_fence SET pass = 0 WHERE id = 1");
        return Optional.of(new Carried(rows, to));
    }

    private List<Table> dirty(long from) throws SQLException {
        Map<String, Table> tables = Schema.tables(db, "main");
        List<Table> dirty = new ArrayList<>();
        for (String name : db.texts(
                "SELECT DISTINCT tbl FROM other.bascule_reverse WHERE seq > ? AND tbl <> '' ORDER BY tbl", from)) {
            Table table = tables.get(name);
            if (table == null) {
                throw new SQLException("the source has no table " + name);
            }
            dirty.add(table);
        }
        return dirty;
    }

    private static String isDirty(Table table) {
        List<String> logged = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            logged.add("k" + i);
        }
        String key = String.join(", ", table.key());
        return (table.key().size() == 1 ? key : "(" + key + ")") + " IN (SELECT " + String.join(", ", logged)
                + " FROM other.bascule_reverse WHERE tbl = ? AND seq > ?)";
    }

    /** Drops the user's triggers on these tables; to be made again in the same order. */
    private List<Trigger> silence(List<Table> tables) throws SQLException {
        List<Trigger> silenced = new ArrayList<>();
        for (Table table : tables) {
            silenced.addAll(db.list(
                    "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE"
                            + " AND name NOT LIKE 'bascule\\_%' ESCAPE '\\' ORDER BY rowid",
                    rows -> new Trigger(rows.getString(1), rows.getString(2)), table.name()));
        }
        for (Trigger trigger : silenced) {
            db.run("DROP TRIGGER main." + Table.quote(trigger.name()));
        }
        return silenced;
    }

    /** Shortens a target's log by what is on the source; a little at a time, for the target may be live. */
    static void trim(Db target, long position) {
        try {
            while (target.run(
                            "DELETE FROM main.bascule_reverse WHERE seq IN (SELECT seq FROM main.bascule_reverse"
                                    + " WHERE seq <= ? LIMIT ?)",
                            position,
                            TRIM_AT_ONCE)
                    == TRIM_AT_ONCE) {
                // on with the next
            }
        } catch (SQLException ignored) {
            // what stays is passed over by the position, and trimmed next time
        }
    }
}
