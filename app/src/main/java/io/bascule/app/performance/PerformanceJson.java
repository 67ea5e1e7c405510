package io.bascule.app.performance;

import io.bascule.app.Version;
import io.bascule.core.json.Json;
import io.bascule.core.performance.Assessment;
import io.bascule.core.performance.Comparison;
import io.bascule.core.performance.Held;
import io.bascule.core.performance.Measured;
import io.bascule.core.performance.Objective;
import io.bascule.core.performance.Row;
import io.bascule.core.performance.Unit;
import io.bascule.core.stats.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The report for programs: one object. Times in milliseconds, shares in percent as in the files that are read, changes in
 * percent (of success and error rates: in points). What was not measured is null.
 */
final class PerformanceJson {
    private PerformanceJson() {}

    static String text(PerformanceReport report) {
        return Json.write(object(report)) + "\n";
    }

    static Map<String, @Nullable Object> object(PerformanceReport report) {
        Assessment assessment = report.assessment();
        return Json.object(
                "type", "compare.result",
                "bascule", Version.TEXT,
                "schema", Version.SCHEMA,
                "made", report.made(),
                "verdict", assessment.verdict().word(),
                "why", assessment.verdict().reason(),
                "reasons", assessment.reasons(),
                "performanceScore", assessment.score().value(),
                "covered", assessment.score().covered(),
                "overallAssessment", assessment.words(),
                "overallCompliant", assessment.compliant(),
                "run", run(assessment.run()),
                "baseline", assessment.comparison().map(c -> run(c.baseline())),
                "sameLoad", assessment.comparison().map(Comparison::sameLoad),
                "remarks", assessment.comparison().map(Comparison::remarks),
                "detailedComparison",
                        assessment
                                .comparison()
                                .map(c -> c.rows().stream()
                                        .map(PerformanceJson::row)
                                        .toList()),
                "slaChecks",
                        assessment.objectives().stream()
                                .map(PerformanceJson::held)
                                .toList(),
                "violations",
                        assessment.objectives().stream()
                                .filter(held -> !held.compliant())
                                .map(held -> held.objective().name())
                                .toList(),
                "recommendations",
                        report.advice().stream()
                                .map(advice -> Json.object("text", advice.text(), "evidence", advice.evidence()))
                                .toList());
    }

    private static Object run(Measured run) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        run.figures()
                .forEach((name, value) -> figures.put(
                        name,
                        io.bascule.core.performance.Measure.named(name).unit().outside(value)));
        return Json.object(
                "name", run.name(),
                "load", run.load().text(),
                "begun", run.begun(),
                "seconds", run.lasted().map(lasted -> lasted.toMillis() / 1000.0),
                "requests", run.requests().isPresent() ? run.requests().getAsLong() : null,
                "failed", run.failed().isPresent() ? run.failed().getAsLong() : null,
                "errors", run.errors(),
                "figures", figures,
                "invalid", run.invalid());
    }

    private static Object row(Row row) {
        Unit unit = row.measure().unit();
        return Json.object(
                "metric", row.measure().name(),
                "better", row.measure().better().name().toLowerCase(java.util.Locale.ROOT),
                "baseline", row.baseline().map(unit::outside),
                "current", row.current().map(unit::outside),
                "changePercent", row.change().map(change -> change * 100),
                "interval", row.interval().map(PerformanceJson::interval),
                "significant", row.significant(),
                "improvementPercent", row.improvementPercent(),
                "improved", row.improved(),
                "marginPercent", row.allowed() * 100,
                "score", row.score(),
                "decides", row.decides(),
                "how", row.how(),
                "verdict", row.verdict().word(),
                "why", row.verdict().reason());
    }

    private static Object interval(Interval interval) {
        return Json.object(
                "low", interval.low() * 100, "high", interval.high() * 100, "confidence", interval.confidence());
    }

    private static Object held(Held held) {
        Optional<Unit> unit = held.objective() instanceof Objective.Bound bound
                ? Optional.of(bound.measure().unit())
                : Optional.empty();
        List<Optional<Double>> shown = List.of(
                held.observed().map(value -> unit.map(u -> u.outside(value)).orElse(value)),
                held.margin().map(value -> unit.map(u -> u.outside(value)).orElse(value)));
        return Json.object(
                "sla", held.objective().name(),
                "objective", held.objective().text(),
                "metric",
                        held.objective() instanceof Objective.Bound bound
                                ? bound.measure().name()
                                : "burn",
                "currentValue", shown.get(0),
                "threshold",
                        held.objective() instanceof Objective.Bound bound
                                ? (Object) bound.measure().unit().outside(bound.bound())
                                : null,
                "margin", shown.get(1),
                "compliant", held.compliant(),
                "verdict", held.verdict().word(),
                "why", held.verdict().reason());
    }
}
