package io.bascule.app.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line chart as inline SVG, 900 x 260. Lines differ in colour and in dash, the legend is text, and what the chart shows is
 * told in its title and description for those who cannot see it.
 */
final class Plot {
    private static final double LEFT = 64;
    private static final double RIGHT = 888;
    private static final double TOP = 14;
    private static final double BOTTOM = 226;
    private static final double HEIGHT = 250;

    private final String title;
    private final String unit;
    private final String description;
    private final Scale x;
    private final Scale y;
    private final List<Line> lines = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    Plot(String title, String unit, String description, Scale x, Scale y) {
        this.title = title;
        this.unit = unit;
        this.description = description;
        this.x = x;
        this.y = y;
    }

    /** @param y NaN leaves a gap */
    record Point(double x, double y) {}

    private record Line(String name, String style, List<Point> points) {}

    private record Rule(double value, String text) {}

    /** A line in one of the page's styles. */
    Plot line(String name, String style, List<Point> points) {
        if (!points.isEmpty()) {
            lines.add(new Line(name, style, points));
        }
        return this;
    }

    /** A bound across the whole chart; left out where it lies above it. */
    Plot rule(double value, String text) {
        double at = y.at().applyAsDouble(value);
        if (at >= 0 && at <= 1) {
            rules.add(new Rule(value, text));
        }
        return this;
    }

    String html() {
        StringBuilder out = new StringBuilder("<figure><figcaption>");
        out.append(Words.escaped(title))
                .append(" <span class=u>")
                .append(Words.escaped(unit))
                .append("</span>");
        for (Line line : lines) {
            out.append("<span class=key><svg class=swatch viewBox=\"0 0 28 8\" aria-hidden=true><line x1=0 x2=28"
                            + " y1=4 y2=4 class=\"l ")
                    .append(line.style())
                    .append("\"/></svg>")
                    .append(Words.escaped(line.name()))
                    .append("</span>");
        }
        out.append("</figcaption>").append(svg()).append("</figure>");
        return out.toString();
    }

    private String svg() {
        StringBuilder out = new StringBuilder(
                String.format(Locale.ROOT, "<svg role=img viewBox=\"0 0 900 %.0f\" aria-label=\"", HEIGHT));
        out.append(Words.escaped(title + ", " + unit + ". " + description)).append("\"><title>");
        out.append(Words.escaped(title))
                .append("</title><desc>")
                .append(Words.escaped(description))
                .append("</desc>");
        axes(out);
        rules.forEach(rule -> rule(out, rule));
        lines.forEach(line -> line(out, line));
        return out.append("</svg>").toString();
    }

    private void axes(StringBuilder out) {
        for (Scale.Tick tick : y.ticks()) {
            double at = y(tick.value());
            out.append(String.format(
                    Locale.ROOT, "<line class=g x1=%.0f x2=%.0f y1=%.1f y2=%.1f />", LEFT, RIGHT, at, at));
            text(out, LEFT - 6, at + 4, "end", tick.text());
        }
        for (Scale.Tick tick : x.ticks()) {
            double at = x(tick.value());
            out.append(String.format(
                    Locale.ROOT, "<line class=g x1=%.1f x2=%.1f y1=%.0f y2=%.0f />", at, at, BOTTOM, BOTTOM + 5));
            text(out, at, BOTTOM + 19, at > RIGHT - 20 ? "end" : "middle", tick.text());
        }
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String text) {
        out.append(String.format(Locale.ROOT, "<text x=%.1f y=%.1f text-anchor=%s>", x, y, anchor))
                .append(Words.escaped(text))
                .append("</text>");
    }

    private void rule(StringBuilder out, Rule rule) {
        double at = y(rule.value());
        out.append(String.format(
                Locale.ROOT, "<line class=\"l bound\" x1=%.0f x2=%.0f y1=%.1f y2=%.1f />", LEFT, RIGHT, at, at));
        text(out, RIGHT, at < TOP + 14 ? at + 13 : at - 4, "end", rule.text());
    }

    private void line(StringBuilder out, Line line) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (Point point : line.points()) {
            if (Double.isNaN(point.y())) {
                pen = false;
                continue;
            }
            path.append(pen ? 'L' : 'M').append(String.format(Locale.ROOT, "%.1f %.1f", x(point.x()), y(point.y())));
            pen = true;
        }
        out.append("<path class=\"l ")
                .append(line.style())
                .append("\" d=\"")
                .append(path)
                .append("\"/>");
    }

    private double x(double value) {
        return LEFT + (RIGHT - LEFT) * Math.clamp(x.at().applyAsDouble(value), 0, 1);
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * Math.clamp(y.at().applyAsDouble(value), 0, 1);
    }
}
