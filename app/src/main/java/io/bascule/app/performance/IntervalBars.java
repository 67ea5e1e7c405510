package io.bascule.app.performance;

import io.bascule.core.performance.Comparison;
import io.bascule.core.performance.Row;
import io.bascule.core.stats.Interval;
import java.util.List;
import java.util.Locale;

/**
 * By how much each metric got worse or better, as an interval beside what is allowed: the picture to decide by. Success and
 * error rates are left out: their changes are points and not percentages.
 */
final class IntervalBars {
    private static final double LEFT = 250;
    private static final double RIGHT = 856;
    private static final double ROW = 26;
    private static final double TOP = 24;
    private static final double WIDEST_MARGIN = 0.5;

    private final List<Row> rows;
    private final Scale scale;

    IntervalBars(Comparison comparison) {
        rows = comparison.rows().stream()
                .filter(row -> row.interval().isPresent() && !Words.isPoints(row.measure()))
                .toList();
        scale = Scale.around(
                rows.stream().mapToDouble(IntervalBars::reach).max().orElse(1));
    }

    /** How far from 0 a row goes, in percent. What is allowed of tiny figures is cut off: it would make the rest a dot. */
    private static double reach(Row row) {
        double interval =
                Math.max(Math.abs(worse(row).low()), Math.abs(worse(row).high()));
        return 100 * Math.max(interval, Math.min(row.allowed(), WIDEST_MARGIN));
    }

    /** The interval with worse to the right, whichever way is better. */
    private static Interval worse(Row row) {
        Interval change = row.interval().orElseThrow();
        return switch (row.measure().better()) {
            case LOWER, UNSAID -> change;
            case HIGHER -> new Interval(-change.high(), -change.low(), change.confidence());
        };
    }

    String html() {
        if (rows.isEmpty()) {
            return "";
        }
        double height = TOP + ROW * rows.size() + 12;
        StringBuilder out = new StringBuilder(
                "<figure><figcaption>Change against the baseline, with its interval <span class=u>left is better,"
                        + " right is worse; the shaded part is within the margin</span></figcaption>");
        out.append(String.format(Locale.ROOT, "<svg role=img viewBox=\"0 0 900 %.0f\" aria-label=\"", height));
        out.append(Words.escaped(description())).append("\">");
        for (Scale.Tick tick : scale.ticks()) {
            double at = x(tick.value());
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=%.1f x2=%.1f y1=%.0f y2=%.0f />",
                    tick.value() == 0 ? "zero" : "g",
                    at,
                    at,
                    TOP,
                    height - 8));
            out.append(String.format(Locale.ROOT, "<text x=%.1f y=14 text-anchor=middle>%s</text>", at, tick.text()));
        }
        for (int i = 0; i < rows.size(); i++) {
            row(out, rows.get(i), TOP + ROW * i + ROW / 2);
        }
        return out.append("</svg></figure>").toString();
    }

    private String description() {
        return "Change of each metric: "
                + String.join(
                        "; ",
                        rows.stream()
                                .map(row -> row.measure().title() + " " + Words.change(row) + ", interval "
                                        + Words.interval(row) + ", "
                                        + row.verdict().word())
                                .toList());
    }

    private void row(StringBuilder out, Row row, double y) {
        Interval worse = worse(row);
        double allowed = row.allowed() * 100;
        String style = row.decides() ? row.verdict().word().toLowerCase(Locale.ROOT) : "told";
        out.append(String.format(Locale.ROOT, "<text class=name x=%.0f y=%.1f text-anchor=end>", LEFT - 14, y + 4))
                .append(Words.escaped(row.measure().title()))
                .append("</text>");
        out.append(String.format(
                Locale.ROOT,
                "<rect class=within x=%.1f y=%.1f width=%.1f height=14 />",
                x(-allowed),
                y - 7,
                x(allowed) - x(-allowed)));
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"bar %s\" x1=%.1f x2=%.1f y1=%.1f y2=%.1f />",
                style,
                x(worse.low() * 100),
                x(worse.high() * 100),
                y,
                y));
        double point = row.change().orElse(0.0)
                * (row.measure().better() == io.bascule.core.performance.Measure.Better.HIGHER ? -100 : 100);
        out.append(String.format(Locale.ROOT, "<circle class=\"dot %s\" cx=%.1f cy=%.1f r=4.5 />", style, x(point), y));
    }

    private double x(double value) {
        return LEFT + (RIGHT - LEFT) * Math.clamp(scale.at().applyAsDouble(value), 0, 1);
    }
}
