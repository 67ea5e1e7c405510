package io.bascule.app.report;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.report.CutoverReport;
import io.bascule.core.report.Reporter;
import io.bascule.core.run.Entry;
import io.bascule.core.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A report as three files, made of the same data. */
public record ReportFiles(CutoverReport report, Path html, Path markdown, Path json) {

    /** Writes all three into the folder. */
    public static ReportFiles write(
            CutoverPlan plan, RunId run, List<Entry> entries, Optional<UserFigures> users, Path folder)
            throws IOException {
        CutoverReport report = Reporter.of(plan, run, entries);
        Path html = folder.resolve("report.html");
        Path markdown = folder.resolve("report.md");
        Path json = folder.resolve("report.json");
        Files.writeString(html, new HtmlReport(report, plan, entries, users).text());
        Files.writeString(markdown, new MarkdownReport(report, users).text());
        Files.writeString(json, JsonReport.text(report, users));
        return new ReportFiles(report, html, markdown, json);
    }
}
