package io.bascule.app.report;

import io.bascule.core.report.CutoverReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report as Markdown. */
public final class MarkdownReport {
    private final CutoverReport report;
    private final Optional<UserFigures> users;
    private final StringBuilder out = new StringBuilder();

    public MarkdownReport(CutoverReport report, Optional<UserFigures> users) {
        this.report = report;
        this.users = users;
    }

    public String text() {
        line("# " + report.title());
        line("");
        String status = report.status().map(Enum::name).orElse("not over");
        line("**" + status + "**: " + report.reason());
        line("");
        line("Run `" + report.run() + "`, plan `" + report.plan() + "` (" + report.planHash() + "), begun "
                + report.begun() + report.ended().map(end -> ", ended " + end).orElse("") + ". Evidence: "
                + report.evidence() + ".");
        section("Figures", List.of("figure", "value", "how it was measured"));
        KeyFigures.of(report, users).figures().forEach(f -> row(f.name(), f.value(), f.from()));
        stages();
        section("Steps", List.of("step", "phase", "planned", "actual"));
        report.steps().forEach(s -> row(s.step(), s.phase(), Texts.seconds(s.planned()), Texts.duration(s.actual())));
        section("Decisions", List.of("at", "who", "what", "why"));
        report.decisions().forEach(d -> row(d.at().toString(), d.who(), d.what(), d.reason()));
        section("Measured", List.of("at", "act", "verdict", "what was found"));
        report.findings().forEach(f -> row(f.at().toString(), f.act(), f.verdict(), f.reason() + facts(f.facts())));
        section("Changed", List.of("resource", "before", "after", "as before"));
        report.changes()
                .forEach(c -> row(c.resource(), c.before().brief(), c.after().brief(), c.restored() ? "yes" : "no"));
        list("Exceptions", report.exceptions());
        list("Not restored", report.residue());
        return out.toString();
    }

    private void stages() {
        section(
                "Stages",
                List.of(
                        "stage",
                        "weight",
                        "share seen",
                        "windows",
                        "failed",
                        "side",
                        "requests",
                        "failed",
                        "p50",
                        "p95",
                        "p99"));
        for (CutoverReport.Stretch stretch : report.stretches()) {
            String share = stretch.share().map(Texts::percent).orElse("not measured");
            Map<String, UserFigures.Latency> seen =
                    users.map(u -> u.between(stretch.from(), stretch.to())).orElse(Map.of());
            if (seen.isEmpty()) {
                row(
                        stretch.act(),
                        stretch.intended(),
                        share,
                        "" + stretch.windows(),
                        "" + stretch.failed(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "");
            }
            seen.forEach((side, l) -> row(
                    stretch.act(),
                    stretch.intended(),
                    share,
                    "" + stretch.windows(),
                    "" + stretch.failed(),
                    side,
                    "" + l.requests(),
                    "" + l.failed(),
                    Texts.decimal(l.p50()) + " ms",
                    Texts.decimal(l.p95()) + " ms",
                    Texts.decimal(l.p99()) + " ms"));
        }
    }

    private static String facts(Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach((key, value) -> {
            if (!key.startsWith("value.") && value.length() < 60) {
                text.append(text.isEmpty() ? " (" : ", ")
                        .append(key)
                        .append(' ')
                        .append(value);
            }
        });
        return text.isEmpty() ? "" : text + ")";
    }

    private void section(String title, List<String> columns) {
        line("");
        line("## " + title);
        line("");
        row(columns.toArray(String[]::new));
        line("|" + "---|".repeat(columns.size()));
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            line("");
            line("## " + title);
            line("");
            items.forEach(item -> line("- " + item));
        }
    }

    private void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|").replace('\n', ' ')).append(" |");
        }
        line(row.toString());
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
