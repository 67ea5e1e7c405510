package io.bascule.app.performance;

import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Row;
import io.bascule.core.port.Verdict;
import io.bascule.core.stats.Interval;
import java.util.Locale;

/** Figures and verdicts as people read them. */
final class Words {
    static final String NONE = "–";

    private Words() {}

    static String sign(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass _ -> "✅";
            case Verdict.Fail _ -> "❌";
            case Verdict.Inconclusive _, Verdict.NoData _, Verdict.Errored _ -> "❔";
        };
    }

    /** The same for pages: every font has these. */
    static String plainSign(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass _ -> "✓";
            case Verdict.Fail _ -> "✗";
            case Verdict.Inconclusive _, Verdict.NoData _, Verdict.Errored _ -> "?";
        };
    }

    static String value(Measure measure, java.util.Optional<Double> value) {
        return value.map(measure.unit()::text).orElse(NONE);
    }

    /** The change of a row: a percentage of the baseline, or points for shares of requests. */
    static String change(Row row) {
        return row.change().map(change -> change(row.measure(), change)).orElse(NONE);
    }

    static String interval(Row row) {
        return row.interval().map(i -> ends(row.measure(), i)).orElse(NONE);
    }

    private static String ends(Measure measure, Interval interval) {
        return change(measure, interval.low()) + " to " + change(measure, interval.high());
    }

    static String change(Measure measure, double change) {
        boolean points = isPoints(measure);
        double rounding = points ? 1_000 : 10;
        double shown = Math.round(change * 100 * rounding) / rounding + 0.0;
        String number = String.format(Locale.ROOT, points ? "%+.3f" : "%+.1f", shown);
        return number.replace('-', '−') + (points ? " points" : " %");
    }

    static boolean isPoints(Measure measure) {
        return measure.name().equals("success-rate") || measure.name().equals("errors");
    }

    /** Whether the change is more than noise, and which way. */
    static String significance(Row row) {
        if (row.significant().isEmpty()) {
            return row.indicative() ? "indicative" : NONE;
        }
        if (!row.significant().get()) {
            return "no change shown";
        }
        return row.improvementPercent().orElse(0.0) > 0 ? "better" : "worse";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A text that may stand in a cell of a Markdown table. */
    static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ').replace("<", "&lt;");
    }
}
