package io.bascule.data.sqlite;

import java.sql.SQLException;
import java.util.Optional;

/** The carrier's own tables in a database: named values, and the tokens of changes already made there. */
final class Controls {
    /** Which copy this target is. */
    static final String COPY = "copy";

    /** The epoch of the source's fence under which it was copied. */
    static final String COPY_EPOCH = "copy-epoch";

    /** The dataset that this target is a copy of; stays when the copy is disarmed. */
    static final String OURS = "ours";

    /** The last marker written on the source before the copy, and carried with it. */
    static final String MARKER = "marker";

    /** Present once the target has been opened. */
    static final String OPENED = "opened";

    /** Present while everything that the opened target took is on the source. */
    static final String HOME = "home";

    /** Which capture is on; on both sides. */
    static final String REVERSE = "reverse";

    /** On the target: the schema that capture was made for. */
    static final String REVERSE_SCHEMA = "reverse-schema";

    /** On the target: SQLite's own count of schema changes when capture was made. */
    static final String REVERSE_VERSION = "reverse-schema-version";

    /** On the source: the log position up to which the target's writes are here. */
    static final String CARRIED = "carried";

    private Controls() {}

    static void install(Db db) throws SQLException {
        db.run(
                "CREATE TABLE IF NOT EXISTS main.bascule_state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        db.run("CREATE TABLE IF NOT EXISTS main.bascule_token(resource TEXT NOT NULL, token TEXT NOT NULL,"
                + " PRIMARY KEY(resource, token)) WITHOUT ROWID");
        db.run("CREATE TABLE IF NOT EXISTS main.bascule_fence(id INTEGER PRIMARY KEY CHECK(id = 1),"
                + " state TEXT NOT NULL CHECK(state IN ('open', 'leased', 'closed')), until_ms INTEGER NOT NULL,"
                + " token TEXT NOT NULL, epoch INTEGER NOT NULL, pass INTEGER NOT NULL)");
        db.run("INSERT INTO main.bascule_fence SELECT 1, 'open', 0, '', 0, 0"
                + " WHERE NOT EXISTS (SELECT 1 FROM main.bascule_fence)");
    }

    static boolean has(Db db, String schema, String table) throws SQLException {
        return db.number("SELECT count(*) FROM " + schema + ".sqlite_master WHERE type = 'table' AND name = ?", table)
                > 0;
    }

    static Optional<String> get(Db db, String key) throws SQLException {
        return get(db, "main", key);
    }

    static Optional<String> get(Db db, String schema, String key) throws SQLException {
        return has(db, schema, "bascule_state")
                ? db.text("SELECT value FROM " + schema + ".bascule_state WHERE key = ?", key)
                : Optional.empty();
    }

    static long getLong(Db db, String schema, String key) throws SQLException {
        return get(db, schema, key).map(Long::parseLong).orElse(0L);
    }

    static void put(Db db, String key, String value) throws SQLException {
        db.run("INSERT OR REPLACE INTO main.bascule_state(key, value) VALUES(?, ?)", key, value);
    }

    static void drop(Db db, String... keys) throws SQLException {
        for (String key : keys) {
            db.run("DELETE FROM main.bascule_state WHERE key = ?", key);
        }
    }

    static boolean knows(Db db, String resource, String token) throws SQLException {
        return has(db, "main", "bascule_token")
                && db.number(
                                "SELECT count(*) FROM main.bascule_token WHERE resource = ? AND token = ?",
                                resource,
                                token)
                        > 0;
    }

    static void remember(Db db, String resource, String token) throws SQLException {
        db.run("INSERT OR IGNORE INTO main.bascule_token(resource, token) VALUES(?, ?)", resource, token);
    }

    /** In the caller's transaction: nothing of the carrier's is left in this database. */
    static void removeAll(Db db) throws SQLException {
        String ours = " AND name LIKE 'bascule\\_%' ESCAPE '\\'";
        for (String trigger : db.texts("SELECT name FROM main.sqlite_master WHERE type = 'trigger'" + ours)) {
            db.run("DROP TRIGGER " + Table.quote(trigger));
        }
        for (String table : db.texts("SELECT name FROM main.sqlite_master WHERE type = 'table'" + ours)) {
            db.run("DROP TABLE " + Table.quote(table));
        }
    }
}
