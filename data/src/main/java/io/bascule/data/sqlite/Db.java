package io.bascule.data.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.DB;

/**
 * One connection to an existing SQLite database, closed after each operation. Transactions are spelled out, the driver
 * adds none. Closing in the middle of one rolls it back, as a crash does. Not thread-safe.
 */
final class Db implements AutoCloseable {
    private static final int BACKUP_PAUSE_MILLIS = 20;

    private final SQLiteConnection connection;
    private final Probe probe;

    private Db(SQLiteConnection connection, Probe probe) {
        this.connection = connection;
        this.probe = probe;
    }

    /** Opens a database that is there; a missing file is an exception, never a new database. */
    static Db open(Path file, Duration busy, Probe probe) throws SQLException {
        probe.before("open " + file.getFileName());
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(Math.clamp(busy.toMillis(), 1, 60_000));
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(false);
        Connection made = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        return new Db(made.unwrap(SQLiteConnection.class), probe);
    }

    /** Makes another database readable as {@code other}; {@code BEGIN IMMEDIATE} then locks both. */
    void attach(Path file) throws SQLException {
        run("ATTACH ? AS other", file.toAbsolutePath().toString());
        run("PRAGMA other.synchronous=FULL");
    }

    /** Runs a statement that returns no rows, or whose rows do not matter. */
    long run(String sql, Object... arguments) throws SQLException {
        probe.before(sql);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.execute() ? 0 : statement.getUpdateCount();
        }
    }

    <T> List<T> list(String sql, Row<T> row, Object... arguments) throws SQLException {
        probe.before(Probe.READ + sql);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.read(rows));
                }
            }
            return all;
        }
    }

    List<String> texts(String sql, Object... arguments) throws SQLException {
        return list(sql, rows -> rows.getString(1), arguments);
    }

    Optional<String> text(String sql, Object... arguments) throws SQLException {
        return texts(sql, arguments).stream().findFirst();
    }

    /** The first column of the first row; 0 without a row or when it is NULL. */
    long number(String sql, Object... arguments) throws SQLException {
        List<Long> found = list(sql, rows -> rows.getLong(1), arguments);
        return found.isEmpty() ? 0 : found.getFirst();
    }

    /** A statement to read rows from one by one; the caller closes it. */
    PreparedStatement prepare(String sql) throws SQLException {
        probe.before(Probe.READ + sql);
        return connection.prepareStatement(sql);
    }

    /**
     * Runs {@code work} in a transaction and commits when it answers true to {@code keep}; otherwise, and on any
     * exception, nothing was changed. A commit that broke off is an {@link UnsureException}.
     */
    <T> T within(String begin, Work<T> work, Predicate<T> keep) throws SQLException {
        run(begin);
        boolean ended = false;
        try {
            T result = work.run();
            if (keep.test(result)) {
                commit();
                ended = true;
            }
            return result;
        } finally {
            if (!ended) {
                rollback();
            }
        }
    }

    /** All of {@code work} or nothing; takes the write lock first. */
    <T> T immediate(Work<T> work) throws SQLException {
        return within("BEGIN IMMEDIATE", work, _ -> true);
    }

    /** Reads one consistent state; takes no lock that holds up a writer of a WAL database. */
    <T> T snapshot(Work<T> work) throws SQLException {
        return within("BEGIN", work, _ -> false);
    }

    private void commit() throws SQLException {
        probe.before("COMMIT");
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMIT");
        } catch (SQLException broken) {
            if (isBusy(broken)) {
                throw broken;
            }
            throw new UnsureException("the commit broke off: " + broken.getMessage(), broken);
        }
    }

    private void rollback() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException ended) {
            // SQLite has rolled back by itself, or closing the connection does
        }
    }

    /** Copies this database page by page into a file; rowids, sequences and free pages come along. */
    void backupInto(Path file) throws SQLException {
        probe.before("backup into " + file.getFileName());
        int code = connection
                .getDatabase()
                .backup("main", file.toAbsolutePath().toString(), null, BACKUP_PAUSE_MILLIS, 50, -1);
        check(code, "backup");
    }

    /** Replaces this database's whole content by a file's, in one transaction of this database. */
    void restoreFrom(Path file) throws SQLException {
        probe.before("restore from " + file.getFileName());
        int code = connection
                .getDatabase()
                .restore("main", file.toAbsolutePath().toString(), null, BACKUP_PAUSE_MILLIS, 50, -1);
        check(code, "restore");
    }

    private static void check(int code, String what) throws SQLException {
        if (code != SQLiteErrorCode.SQLITE_OK.code) {
            SQLException cause = DB.newSQLException(code, what + " broke off");
            throw cause;
        }
    }

    static boolean isBusy(SQLException trouble) {
        return is(trouble, SQLiteErrorCode.SQLITE_BUSY) || is(trouble, SQLiteErrorCode.SQLITE_LOCKED);
    }

    /** Whether the file is certainly no usable database, now or later. */
    static boolean isRuined(SQLException trouble) {
        return is(trouble, SQLiteErrorCode.SQLITE_NOTADB) || is(trouble, SQLiteErrorCode.SQLITE_CORRUPT);
    }

    private static boolean is(SQLException trouble, SQLiteErrorCode primary) {
        return trouble instanceof SQLiteException known && (known.getResultCode().code & 0xff) == primary.code;
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet rows) throws SQLException;
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }
}
