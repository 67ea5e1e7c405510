package io.bascule.app.performance;

import io.bascule.core.performance.Advice;
import io.bascule.core.performance.Assessment;
import java.time.Instant;
import java.util.List;

/**
 * A report: what was found, and what follows from it.
 *
 * @param made when it was written
 */
public record PerformanceReport(Assessment assessment, List<Advice> advice, Instant made) {
    public PerformanceReport {
        advice = List.copyOf(advice);
    }

    public static PerformanceReport of(Assessment assessment, Instant made) {
        return new PerformanceReport(assessment, Advice.of(assessment), made);
    }

    /** In one of the forms {@code md}, {@code html}, {@code json}. */
    public String text(String form) {
        return switch (form) {
            case "md" -> new PerformanceMarkdown(this).text();
            case "html" -> new PerformanceHtml(this).text();
            case "json" -> PerformanceJson.text(this);
            default -> throw new IllegalArgumentException("no such form: " + form);
        };
    }
}
