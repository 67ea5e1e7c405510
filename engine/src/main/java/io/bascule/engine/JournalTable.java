package io.bascule.engine;

import io.bascule.core.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The journal's statements. */
final class JournalTable {
    private static final String COLUMNS = "seq, at, v, type, step, fence, body, hash";
    private static final String INSERT = "insert into journal(run, " + COLUMNS + ") ";
    private static final String FENCED = INSERT + "select ?,?,?,?,?,?,?,?,? from scheduled_tasks"
            + " where task_name='run' and task_instance=? and picked=true and picked_by=? and version=?";

    private final Dialect dialect;

    JournalTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Inserts without a fence: a run's first entry, and what is said of a run that is over. */
    void insertUnfenced(Connection connection, RunId run, JournalRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT + "values(?,?,?,?,?,?,?,?,?)")) {
            bind(statement, run, row);
            statement.executeUpdate();
        }
    }

    /** False when the lease is no longer held or the place is taken: then nothing was written. */
    boolean insert(Connection connection, Lease lease, JournalRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FENCED)) {
            int next = bind(statement, lease.run(), row);
            statement.setString(next++, lease.run().text());
            statement.setString(next++, lease.pickedBy());
            statement.setLong(next, lease.version());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (dialect.duplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    private int bind(PreparedStatement statement, RunId run, JournalRow row) throws SQLException {
        int next = 1;
        statement.setString(next++, run.text());
        statement.setLong(next++, row.seq());
        statement.setObject(next++, dialect.time(row.at()));
        statement.setInt(next++, row.v());
        statement.setString(next++, row.type());
        statement.setString(next++, row.step());
        statement.setLong(next++, row.fence());
        statement.setString(next++, row.body());
        statement.setBytes(next++, HexFormat.of().parseHex(row.hash()));
        return next;
    }

    List<JournalRow> read(Connection connection, RunId run, long after) throws SQLException {
        return Sql.query(
                connection,
                "select " + COLUMNS + " from journal where run=? and seq>? order by seq",
                this::row,
                run.text(),
                after);
    }

    Optional<JournalRow> last(Connection connection, RunId run) throws SQLException {
        return Sql.first(
                connection,
                "select " + COLUMNS + " from journal where run=? order by seq desc limit 1",
                this::row,
                run.text());
    }

    private JournalRow row(ResultSet row) throws SQLException {
        return new JournalRow(
                row.getLong("seq"),
                dialect.time(row, "at"),
                row.getInt("v"),
                row.getString("type"),
                row.getString("step"),
                row.getLong("fence"),
                row.getString("body"),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }
}
