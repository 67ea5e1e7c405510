package io.bascule.engine;

import io.bascule.core.run.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Statements on the scheduler's table: one row per run that is not over. A row's version never goes back; a run's row
 * is inserted once and deleted when the run is over.
 */
final class LeaseTable {
    static final int NORMAL = 50;
    static final int URGENT = 90;
    private static final String OF_RUN = " where task_name='run' and task_instance=?";
    private static final String FREE = "update scheduled_tasks set picked=false, picked_by=null, last_heartbeat=null,"
            + " version=version+1, execution_time=";

    private final Dialect dialect;

    LeaseTable(Dialect dialect) {
        this.dialect = dialect;
    }

    void insert(Connection connection, RunId run, Instant due) throws SQLException {
        Sql.update(
                connection,
                "insert into scheduled_tasks(task_name, task_instance, execution_time, picked, version, priority)"
                        + " values('run', ?, ?, false, 1, ?)",
                run.text(),
                dialect.time(due),
                NORMAL);
    }

    /** The signals given so far, when the lease is still held. */
    OptionalLong signals(Connection connection, Lease lease) throws SQLException {
        return Sql.first(
                        connection,
                        "select signals from scheduled_tasks" + OF_RUN
                                + " and picked=true and picked_by=? and version=?",
                        row -> row.getLong(1),
                        lease.run().text(),
                        lease.pickedBy(),
                        lease.version())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /**
     * Counts a signal and makes the run due, unless it is being ticked: then its release sees the count.
     *
     * @param now early enough to be past by any worker's clock
     */
    boolean signal(Connection connection, RunId run, Instant now) throws SQLException {
        Object at = dialect.time(now);
        return Sql.update(
                        connection,
                        "update scheduled_tasks set signals=signals+1, priority=?, execution_time=case"
                                + " when picked=false and execution_time>? then ? else execution_time end" + OF_RUN,
                        URGENT,
                        at,
                        at,
                        run.text())
                == 1;
    }

    /**
     * Gives the lease back: due at {@code wanted}, or at once when a signal came since {@code seen}. False when it was
     * no longer ours: nothing was touched.
     */
    boolean release(Connection connection, Lease lease, Instant wanted, Instant now, long seen, int failures)
            throws SQLException {
        return Sql.update(
                        connection,
                        FREE
                                + "case when signals<>? then ? else ? end, priority=case when signals<>? then ? else ? end,"
                                + " consecutive_failures=?" + OF_RUN + " and version=? and picked_by=?",
                        seen,
                        dialect.time(now),
                        dialect.time(wanted),
                        seen,
                        URGENT,
                        NORMAL,
                        failures,
                        lease.run().text(),
                        lease.version(),
                        lease.pickedBy())
                == 1;
    }

    boolean delete(Connection connection, Lease lease) throws SQLException {
        return Sql.update(
                        connection,
                        "delete from scheduled_tasks" + OF_RUN + " and version=? and picked_by=?",
                        lease.run().text(),
                        lease.version(),
                        lease.pickedBy())
                == 1;
    }

    /** Frees a dead worker's run, unless it has shown life since or another worker was faster. */
    boolean revive(Connection connection, RunId run, long version, Instant lastHeartbeat, Instant now)
            throws SQLException {
        return Sql.update(
                        connection,
                        FREE + "?" + OF_RUN + " and version=? and picked=true and last_heartbeat=?",
                        dialect.time(now),
                        run.text(),
                        version,
                        dialect.time(lastHeartbeat))
                == 1;
    }

    /** Frees everything a worker holds that is known to be dead. The number of runs freed. */
    int freeAll(Connection connection, String pickedBy, Instant now) throws SQLException {
        return Sql.update(
                connection,
                FREE + "? where task_name='run' and picked=true and picked_by=?",
                dialect.time(now),
                pickedBy);
    }

    /** The names of all workers that hold a run. */
    List<String> holders(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                "select distinct picked_by from scheduled_tasks where picked=true and picked_by is not null",
                row -> row.getString(1));
    }

    /** For every run this worker holds, the signals given so far. */
    Map<String, Long> signalsOf(Connection connection, String pickedBy) throws SQLException {
        Map<String, Long> signals = new HashMap<>();
        Sql.query(
                connection,
                "select task_instance, signals from scheduled_tasks where picked=true and picked_by=?",
                row -> signals.put(row.getString(1), row.getLong(2)),
                pickedBy);
        return signals;
    }

    Optional<Attendance> attendance(Connection connection, RunId run) throws SQLException {
        return Sql.first(
                connection,
                "select * from scheduled_tasks" + OF_RUN,
                row -> {
                    boolean picked = row.getBoolean("picked");
                    return new Attendance(
                            picked ? row.getString("picked_by") : "",
                            dialect.time(row, "execution_time"),
                            picked ? Optional.of(dialect.time(row, "last_heartbeat")) : Optional.empty(),
                            row.getLong("version"));
                },
                run.text());
    }
}
