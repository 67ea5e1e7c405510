package io.bascule.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Statements in few words. Work holds one connection and never asks for a second: the SQLite pools have one.
 * Transactions are begun by statement, because the SQLite driver would begin the next one at each commit.
 */
final class Sql {
    private Sql() {}

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Each statement its own transaction. */
    static <T> T autoCommit(DataSource source, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    /** All or nothing. After an exception from the commit it is unknown which. */
    static <T> T inTransaction(Dialect dialect, DataSource source, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return transact(dialect, connection, work);
        } catch (SQLException e) {
            throw trouble(e);
        }
    }

    static <T> T transact(Dialect dialect, Connection connection, Work<T> work) throws SQLException {
        run(connection, dialect == Dialect.SQLITE ? "begin immediate" : "begin");
        boolean committed = false;
        try {
            T result = work.on(connection);
            run(connection, "commit");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            run(connection, "rollback");
        } catch (SQLException e) {
            // A full disk or a lost connection has rolled back by itself.
            org.slf4j.LoggerFactory.getLogger(Sql.class).debug("rollback said: {}", e.getMessage());
        }
    }

    static void run(Connection connection, String statement) throws SQLException {
        try (Statement plain = connection.createStatement()) {
            plain.execute(statement);
        }
    }

    /** The number of rows touched. */
    static int update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    static <T> List<T> query(Connection connection, String sql, RowReader<T> reader, Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                while (rows.next()) {
                    list.add(reader.read(rows));
                }
                return list;
            }
        }
    }

    static <T> Optional<T> first(Connection connection, String sql, RowReader<T> reader, Object... arguments)
            throws SQLException {
        return query(connection, sql, reader, arguments).stream().findFirst();
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    static StoreTrouble trouble(SQLException e) {
        return new StoreTrouble("the store did not answer: " + e.getMessage(), e);
    }
}
