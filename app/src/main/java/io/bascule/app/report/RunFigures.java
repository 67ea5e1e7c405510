package io.bascule.app.report;

import io.bascule.core.json.Json;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.report.CutoverReport;
import io.bascule.core.report.Reporter;
import io.bascule.core.run.Entry;
import io.bascule.core.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures of a run for programs: the {@code run.ended} line. What was not measured is null. */
public final class RunFigures {
    private RunFigures() {}

    public static Map<String, @Nullable Object> endLine(
            CutoverPlan plan, RunId run, List<Entry> entries, Optional<UserFigures> users) {
        CutoverReport report = Reporter.of(plan, run, entries);
        return Json.object(
                "type", "run.ended",
                "run", run.text(),
                "state", report.status().map(Enum::name).orElse(null),
                "reason", report.reason(),
                "usersRequests", figure(users, "requests"),
                "usersFailed", figure(users, "failed"),
                "writesAcknowledged", figure(users, "writesAcknowledged"),
                "writesLost", figure(users, "writesLost"),
                "writesDoubled", figure(users, "writesDoubled"),
                "usersBackMillis", millis(report.usersBack()),
                "dataHomeMillis", millis(report.dataHome()),
                "rollbackMillis", millis(report.rollback()),
                "writePauseMillis", figure(users, "writePauseMillis"),
                "downtimeMillis", figure(users, "longestGapReadsMillis"),
                "evidence", report.evidence());
    }

    private static @Nullable Number figure(Optional<UserFigures> users, String name) {
        return users.flatMap(figures -> figures.figure(name)).orElse(null);
    }

    private static @Nullable Long millis(Optional<Duration> duration) {
        return duration.map(Duration::toMillis).orElse(null);
    }
}
