package io.bascule.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables up to this version, forward only. The version is selected first, since even a check by Flyway
 * costs a third of a second; Flyway runs only when the store is behind.
 */
final class Migration {
    static final int VERSION = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Migration() {}

    /**
     * After return the tables are those of {@link #VERSION}; several processes may call this at once.
     *
     * @throws StoreTrouble when the store was made by a newer version, or cannot be changed
     */
    static void bring(Dialect dialect, DataSource source) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                bringOnce(dialect, source);
                return;
            } catch (StoreTrouble e) {
                if (!dialect.busy(e) || System.nanoTime() > end) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    /** A file that another process is just turning to write-ahead logging is busy at once, whatever the time-out. */
    private static void pause(StoreTrouble e) {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    private static void bringOnce(Dialect dialect, DataSource source) {
        int found = version(dialect, source);
        if (found > VERSION) {
            throw new StoreTrouble(
                    "the store has version " + found + ", made by a newer Bascule; this one knows up to " + VERSION);
        }
        if (found < VERSION) {
            migrate(dialect, source);
        }
    }

    private static void migrate(Dialect dialect, DataSource source) {
        try {
            Flyway.configure(Migration.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:io/bascule/engine/db/" + dialect.word())
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            throw new StoreTrouble("the store's tables could not be brought up to date: " + e.getMessage(), e);
        }
    }

    private static int version(Dialect dialect, DataSource source) {
        try (Connection connection = source.getConnection()) {
            return hasHistory(dialect, connection)
                    ? Sql.query(
                                    connection,
                                    "select version from flyway_schema_history where success and version is not null",
                                    row -> Integer.parseInt(row.getString(1)))
                            .stream()
                            .reduce(0, Math::max)
                    : 0;
        } catch (SQLException e) {
            throw Sql.trouble(e);
        }
    }

    private static boolean hasHistory(Dialect dialect, Connection connection) throws SQLException {
        String question = switch (dialect) {
            case SQLITE -> "select 1 from sqlite_master where name='flyway_schema_history'";
            case POSTGRESQL -> "select 1 where to_regclass('flyway_schema_history') is not null";
        };
        Optional<Integer> found = Sql.first(connection, question, row -> 1);
        return found.isPresent();
    }
}
