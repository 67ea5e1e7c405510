package io.bascule.engine;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import io.bascule.core.run.RunId;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets the scheduler see only some runs as due. A run's id has no character that SQL could mistake. */
final class OnlyRuns {
    private OnlyRuns() {}

    static JdbcCustomization of(Dialect dialect, Set<RunId> only) {
        String condition = only.isEmpty()
                ? ""
                : only.stream()
                        .map(run -> "'" + run.text() + "'")
                        .sorted()
                        .collect(Collectors.joining(",", " and task_instance in (", ") "));
        return switch (dialect) {
            case SQLITE ->
                new SqliteJdbcCustomization() {
                    @Override
                    public String createSelectDueQuery(String table, int limit, String and, boolean byPriority) {
                        return super.createSelectDueQuery(table, limit, and + condition, byPriority);
                    }
                };
            case POSTGRESQL ->
                new PostgreSqlJdbcCustomization(false, false) {
                    @Override
                    public String createSelectDueQuery(String table, int limit, String and, boolean byPriority) {
                        return super.createSelectDueQuery(table, limit, and + condition, byPriority);
                    }
                };
        };
    }
}
