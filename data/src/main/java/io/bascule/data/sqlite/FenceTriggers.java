package io.bascule.data.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fence itself: three triggers on each table of the user's, for every connection of every process. They look at
 * {@code bascule_fence}, and at the clock when the fence is leased, so that a lease ends without anybody's doing. The
 * carrier passes by a mark in that row which it sets and takes back inside one transaction, where no other connection
 * sees it. The first write after a lease's deadline makes it {@code open} for good: a clock that is set back afterwards
 * cannot make the lease whole again.
 */
final class FenceTriggers {
    private static final List<String> EVENTS = List.of("INSERT", "UPDATE", "DELETE");
    private static final String PREFIX = "bascule_fence_";

    private FenceTriggers() {}

    private static Map<String, String> wanted(Db db, String schema) throws SQLException {
        Map<String, String> triggers = new TreeMap<>();
        for (String table : Schema.names(db, schema)) {
            for (String event : EVENTS) {
                String name = PREFIX + event.toLowerCase(Locale.ROOT) + ":" + table;
                triggers.put(name, definition(Table.quote(name), event, table));
            }
        }
        return triggers;
    }

    private static String definition(String name, String event, String table) {
        return "CREATE TRIGGER " + name + " BEFORE " + event + " ON " + Table.quote(table)
                + " WHEN NOT EXISTS (SELECT 1 FROM bascule_fence WHERE id = 1 AND (state = 'open' OR pass = 1)) BEGIN"
                + " SELECT RAISE(ABORT, '" + Fence.REFUSAL + "') WHERE NOT EXISTS (SELECT 1 FROM bascule_fence"
                + " WHERE id = 1 AND state = 'leased' AND until_ms <= " + Fence.NOW + ");"
                + " UPDATE bascule_fence SET state = 'open' WHERE id = 1; END";
    }

    private static Map<String, String> present(Db db, String schema) throws SQLException {
        Map<String, String> triggers = new TreeMap<>();
        db.list(
                "SELECT name, sql FROM " + schema + ".sqlite_master WHERE type = 'trigger' AND substr(name, 1, "
                        + PREFIX.length() + ") = '" + PREFIX + "'",
                rows -> triggers.put(rows.getString(1), rows.getString(2)) == null);
        return triggers;
    }

    /** Which trigger is not as it must be. */
    static Optional<String> missing(Db db, String schema) throws SQLException {
        Optional<String> virtual = db.text("SELECT name FROM " + schema
                + ".sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'");
        if (virtual.isPresent()) {
            return Optional.of("virtual table " + virtual.get() + " takes no triggers");
        }
        Map<String, String> present = present(db, schema);
        for (Map.Entry<String, String> trigger : wanted(db, schema).entrySet()) {
            if (!trigger.getValue().equals(present.get(trigger.getKey()))) {
                return Optional.of("trigger " + trigger.getKey() + " is missing or was changed");
            }
        }
        return Optional.empty();
    }

    /** Afterwards, in the caller's transaction, every table has its triggers and there are no others of ours. */
    static void install(Db db) throws SQLException {
        Map<String, String> wanted = wanted(db, "main");
        Map<String, String> present = present(db, "main");
        List<String> making = new ArrayList<>();
        for (Map.Entry<String, String> trigger : wanted.entrySet()) {
            if (!trigger.getValue().equals(present.remove(trigger.getKey()))) {
                making.add(trigger.getKey());
            }
        }
        for (String name : present.keySet()) {
            db.run("DROP TRIGGER " + Table.quote(name));
        }
        for (String name : making) {
            db.run("DROP TRIGGER IF EXISTS " + Table.quote(name));
            db.run(wanted.getOrDefault(name, ""));
        }
    }
}
