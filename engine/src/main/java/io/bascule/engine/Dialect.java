package io.bascule.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The few differences between the two databases. Instants are whole milliseconds in both. */
enum Dialect {
    SQLITE("sqlite") {
        @Override
        Object time(Instant instant) {
            return instant.toEpochMilli();
        }

        @Override
        Instant time(ResultSet row, String column) throws SQLException {
            return Instant.ofEpochMilli(row.getLong(column));
        }

        @Override
        boolean duplicateKey(SQLException e) {
            return e instanceof SQLiteException lite
                    && (lite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                            || lite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);
        }

        @Override
        boolean diskFull(SQLException e) {
            return e instanceof SQLiteException lite && lite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
        }
    },
    POSTGRESQL("postgresql") {
        @Override
        Object time(Instant instant) {
            return OffsetDateTime.ofInstant(Instant.ofEpochMilli(instant.toEpochMilli()), ZoneOffset.UTC);
        }

        @Override
        Instant time(ResultSet row, String column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }

        @Override
        boolean duplicateKey(SQLException e) {
            return "23505".equals(e.getSQLState());
        }

        @Override
        boolean diskFull(SQLException e) {
            return "53100".equals(e.getSQLState());
        }
    };

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    static Dialect of(String url) {
        for (Dialect dialect : values()) {
            if (url.startsWith("jdbc:" + dialect.word + ":")) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("a store is jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE");
    }

    /** Whether another process had the file for itself: the same again may succeed. */
    boolean busy(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException lite
                    && (lite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY
                            || lite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT)) {
                return true;
            }
        }
        return false;
    }

    /** The name in URLs, and of the folder with its migrations. */
    String word() {
        return word;
    }

    /** An instant as a statement's argument. */
    abstract Object time(Instant instant);

    abstract Instant time(ResultSet row, String column) throws SQLException;

    abstract boolean duplicateKey(SQLException e);

    abstract boolean diskFull(SQLException e);
}
