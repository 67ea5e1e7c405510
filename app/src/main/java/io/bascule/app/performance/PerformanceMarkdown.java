package io.bascule.app.performance;

import io.bascule.core.performance.Advice;
import io.bascule.core.performance.Assessment;
import io.bascule.core.performance.Comparison;
import io.bascule.core.performance.Held;
import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Measured;
import io.bascule.core.performance.Objective;
import io.bascule.core.performance.Row;
import io.bascule.core.performance.Score;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report in Markdown. */
final class PerformanceMarkdown {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private final PerformanceReport report;
    private final Assessment assessment;
    private final StringBuilder out = new StringBuilder();

    PerformanceMarkdown(PerformanceReport report) {
        this.report = report;
        this.assessment = report.assessment();
    }

    String text() {
        line("# Migration Performance Validation Report");
        line("Generated: " + TIME.format(report.made()));
        summary();
        load();
        assessment.comparison().ifPresent(this::comparison);
        if (!assessment.objectives().isEmpty()) {
            objectives();
        }
        recommendations();
        method();
        return out.toString();
    }

    /** The executive summary's first lines, without Markdown. */
    static List<String> headlines(Assessment assessment) {
        String score = assessment
                .score()
                .value()
                .map(value -> String.format(Locale.ROOT, "%.1f/100", value))
                .orElse("withheld: " + withheld(assessment));
        String compliance = assessment
                .compliant()
                .map(kept -> kept ? "✅ COMPLIANT" : "❌ NON-COMPLIANT")
                .orElse("no objectives were given");
        return List.of(
                "Verdict: " + assessment.verdict().word() + " (" + assessment.words() + ")",
                "Overall Performance Score: " + score,
                "SLA Compliance: " + compliance);
    }

    private static String withheld(Assessment assessment) {
        if (assessment.comparison().isEmpty()) {
            return "there is no baseline";
        }
        return assessment.score().covered() >= Score.COVERED
                ? "the figures cannot be judged"
                : String.format(
                        Locale.ROOT,
                        "%.0f %% of what counts could be compared, %.0f %% are needed",
                        assessment.score().covered(),
                        Score.COVERED);
    }

    private void summary() {
        heading("Executive Summary");
        for (String each : headlines(assessment)) {
            int colon = each.indexOf(':');
            line("**" + each.substring(0, colon + 1) + "**" + each.substring(colon + 1) + "  ");
        }
        line("");
        assessment.reasons().forEach(reason -> line("- " + Words.cell(reason)));
    }

    private void load() {
        Measured run = assessment.run();
        heading("Load Test Results");
        bullet("Run", run.name());
        bullet("Offered load", run.load().text());
        run.begun().ifPresent(begun -> bullet("Begun", TIME.format(begun)));
        run.lasted().ifPresent(lasted -> bullet("Duration", seconds(lasted)));
        bullet(
                "Total Requests",
                run.requests().isPresent() ? count(run.requests().getAsLong()) : Words.NONE);
        bullet("Failed Requests", run.failed().isPresent() ? count(run.failed().getAsLong()) : Words.NONE);
        figure("success-rate", "Success Rate");
        figure("throughput", "Throughput");
        figure("average", "Average Response Time");
        figure("p95", "95th Percentile Response Time");
        figure("p99", "99th Percentile Response Time");
        figure("max", "Maximum Response Time");
        if (!run.errors().isEmpty()) {
            bullet(
                    "Failures by kind",
                    String.join(
                            ", ",
                            run.errors().entrySet().stream()
                                    .map(kind -> kind.getKey() + " " + count(kind.getValue()))
                                    .toList()));
        }
        run.invalid().ifPresent(why -> bullet("❔ Not to be judged", why));
    }

    private void figure(String measure, String title) {
        Double value = assessment.run().figures().get(measure);
        bullet(title, value == null ? Words.NONE : Measure.named(measure).unit().text(value));
    }

    private void comparison(Comparison comparison) {
        heading("Performance Comparison (vs. Pre-Migration)");
        line("Baseline: " + Words.cell(comparison.baseline().name()) + ", "
                + comparison.baseline().load().text() + ".");
        comparison.remarks().forEach(remark -> line("\n> " + Words.cell(remark)));
        line("");
        if (comparison.rows().isEmpty()) {
            line(Words.cell(comparison.verdict().reason()));
            return;
        }
        line("| Metric | Baseline | Current | Change | Improvement | " + confidence(comparison)
                + " interval of the change | Significance | Verdict |");
        line("|---|---:|---:|---:|---:|---:|---|---|");
        comparison.rows().forEach(row -> line(cells(row)));
        line("");
        line("Rows in *italics* are told and do not decide.");
    }

    private static String confidence(Comparison comparison) {
        return comparison.rows().stream()
                .flatMap(row -> row.interval().stream())
                .findFirst()
                .map(i -> Scale.number(i.confidence() * 100) + " %")
                .orElse("95 %");
    }

    private static String cells(Row row) {
        String title = Words.cell(row.measure().title());
        String improvement = row.improvementPercent()
                .map(percent -> String.format(Locale.ROOT, "%+.1f %%", percent).replace('-', '−'))
                .orElse(Words.NONE);
        return "| " + (row.decides() ? title : "*" + title + "*") + " | "
                + Words.value(row.measure(), row.baseline()) + " | "
                + Words.value(row.measure(), row.current()) + " | " + Words.change(row) + " | " + improvement + " | "
                + Words.interval(row) + " | " + Words.significance(row) + " | "
                + (row.decides()
                        ? Words.sign(row.verdict()) + " " + row.verdict().word()
                        : Words.NONE) + " |";
    }

    private void objectives() {
        heading("SLA Compliance");
        List<Held> broken = assessment.objectives().stream()
                .filter(held -> !held.compliant())
                .toList();
        line(broken.isEmpty() ? "✅ All SLA requirements met" : "❌ SLA requirements not met:");
        line("");
        broken.forEach(held -> line("- **" + Words.cell(held.objective().name()) + ":** expected "
                + Words.cell(held.objective().text()) + "; "
                + Words.cell(held.verdict().reason())));
        line("");
        line("### Detailed SLA Metrics");
        line("| SLA Requirement | Current Value | Threshold | Margin | Status |");
        line("|---|---:|---:|---:|---|");
        assessment.objectives().forEach(held -> line(cells(held)));
    }

    private static String cells(Held held) {
        return "| " + Words.cell(held.objective().name()) + " | " + observed(held) + " | "
                + threshold(held.objective()) + " | " + margin(held) + " | " + Words.sign(held.verdict()) + " "
                + held.verdict().word() + " |";
    }

    static String observed(Held held) {
        return switch (held.objective()) {
            case Objective.Bound bound -> Words.value(bound.measure(), held.observed());
            case Objective.Burn _ ->
                held.observed()
                        .map(times -> String.format(Locale.ROOT, "%.2fx", times))
                        .orElse(Words.NONE);
        };
    }

    static String threshold(Objective objective) {
        return switch (objective) {
            case Objective.Bound bound ->
                (bound.atMost() ? "≤ " : "≥ ") + bound.measure().unit().text(bound.bound());
            case Objective.Burn burn -> Words.cell(burn.text());
        };
    }

    static String margin(Held held) {
        return switch (held.objective()) {
            case Objective.Bound bound ->
                held.margin().map(bound.measure().unit()::signed).orElse(Words.NONE);
            case Objective.Burn _ ->
                held.margin()
                        .map(times ->
                                String.format(Locale.ROOT, "%+.2fx", times).replace('-', '−'))
                        .orElse(Words.NONE);
        };
    }

    private void recommendations() {
        heading("Recommendations");
        for (Advice advice : report.advice()) {
            line("- **" + Words.cell(advice.text()) + ".** Evidence: " + Words.cell(advice.evidence()) + ".");
        }
    }

    private void method() {
        heading("How to read this");
        line("Response times count from when each request was due, failed ones included. A metric FAILs when it is"
                + " worse by more than its margin and chance is ruled out, PASSes when a worsening beyond the margin is"
                + " ruled out, and is INCONCLUSIVE otherwise. Intervals come from drawing the run's seconds again in"
                + " blocks; several metrics are corrected for by Holm's method.");
        line("");
        line("Score of a metric: 70 − 10 × proved worsening ÷ allowed worsening, within 0 to 100: 70 is \"no change"
                + " shown\", 80 a proved gain of one margin, 60 a proved loss of one. The overall score is the mean by"
                + " weight (" + weights()
                + "); whatever fails caps it at 59, and with less than 70 % of the weight there is none.");
    }

    private static String weights() {
        return String.join(
                ", ",
                Measure.known().stream()
                        .filter(measure -> measure.weight() > 0)
                        .map(measure -> measure.name() + " " + measure.weight())
                        .toList());
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%,.1f s", duration.toMillis() / 1000.0);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private void heading(String text) {
        line("\n## " + text + "\n");
    }

    private void bullet(String name, String value) {
        line("- **" + name + ":** " + Words.cell(value));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    static String made(PerformanceReport report) {
        return TIME.format(report.made());
    }

    static Optional<String> begun(Measured run) {
        return run.begun().map(TIME::format);
    }
}
