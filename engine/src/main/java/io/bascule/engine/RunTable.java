package io.bascule.engine;

import io.bascule.core.json.Json;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements on runs and their plans. */
final class RunTable {
    private static final String SUMMARY =
            "select r.run, r.plan_hash, r.mode, r.created_at, r.created_by, r.status, f.body, l.seq, l.at"
                    + " from run r join journal f on f.run=r.run and f.seq=1 join journal l on l.run=r.run"
                    + " and l.seq=(select max(seq) from journal m where m.run=r.run)";

    private final Dialect dialect;

    RunTable(Dialect dialect) {
        this.dialect = dialect;
    }

    void insert(Connection connection, NewRun run) throws SQLException {
        Sql.update(
                connection,
                "insert into run(run, plan_hash, plan_body, mode, created_at, created_by, status)"
                        + " values(?,?,?,?,?,?,?)",
                run.id().text(),
                run.started().planHash(),
                run.planBody(),
                run.mode(),
                dialect.time(run.at()),
                run.started().by(),
                RunStatus.RUNNING.name());
    }

    Optional<String> planBody(Connection connection, RunId run) throws SQLException {
        return Sql.first(connection, "select plan_body from run where run=?", row -> row.getString(1), run.text());
    }

    Optional<String> planHash(Connection connection, RunId run) throws SQLException {
        return Sql.first(connection, "select plan_hash from run where run=?", row -> row.getString(1), run.text());
    }

    Optional<RunStatus> status(Connection connection, RunId run) throws SQLException {
        return Sql.first(
                connection,
                "select status from run where run=?",
                row -> RunStatus.valueOf(row.getString(1)),
                run.text());
    }

    void setStatus(Connection connection, RunId run, RunStatus status) throws SQLException {
        Sql.update(
                connection,
                "update run set status=? where run=? and status<>?",
                status.name(),
                run.text(),
                status.name());
    }

    List<RunSummary> list(Connection connection) throws SQLException {
        return Sql.query(connection, SUMMARY + " order by r.created_at, r.run", this::summary);
    }

    Optional<RunSummary> find(Connection connection, RunId run) throws SQLException {
        return Sql.first(connection, SUMMARY + " where r.run=?", this::summary, run.text());
    }

    /** The runs that are not over, by their rows in the scheduler's table. */
    List<RunSummary> unfinished(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                SUMMARY
                        + " join scheduled_tasks t on t.task_name='run' and t.task_instance=r.run order by r.created_at",
                this::summary);
    }

    private RunSummary summary(ResultSet row) throws SQLException {
        return new RunSummary(
                new RunId(row.getString("run")),
                planName(row.getString("body")),
                row.getString("plan_hash"),
                row.getString("mode"),
                dialect.time(row, "created_at"),
                row.getString("created_by"),
                RunStatus.valueOf(row.getString("status")),
                row.getLong("seq"),
                dialect.time(row, "at"));
    }

    /** Robust: a list must not fail because one run was started by another version. */
    private static String planName(String firstBody) {
        return Json.parse(firstBody) instanceof Map<?, ?> map && map.get("plan") instanceof String name ? name : "";
    }
}
