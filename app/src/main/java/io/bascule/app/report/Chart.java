package io.bascule.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line chart as inline SVG: seconds across, values up, with vertical marks. No script, no outside file. */
final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 200;
    private static final int LEFT = 56;
    private static final int BOTTOM = 24;
    private final String title;
    private final String unit;
    private final double seconds;
    private final List<Series> series = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    record Point(double second, double value) {}

    record Series(String name, String style, List<Point> points) {}

    record Mark(double second, String text) {}

    Chart(String title, String unit, double seconds) {
        this.title = title;
        this.unit = unit;
        this.seconds = Math.max(1, seconds);
    }

    void line(String name, String style, List<Point> points) {
        if (!points.isEmpty()) {
            series.add(new Series(name, style, points));
        }
    }

    void mark(double second, String text) {
        marks.add(new Mark(second, text));
    }

    String svg() {
        double top = series.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Point::value)
                .max()
                .orElse(1);
        top = top <= 0 ? 1 : top * 1.1;
        StringBuilder out = new StringBuilder();
        out.append("<figure><figcaption>")
                .append(Texts.escaped(title))
                .append(" <span class=u>(")
                .append(unit)
                .append(")</span>");
        series.forEach(s -> out.append(" <span class=\"key ")
                .append(s.style())
                .append("\">")
                .append(s.name())
                .append("</span>"));
        out.append("</figcaption><svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT + BOTTOM + 12);
        out.append("\" role=\"img\" aria-label=\"").append(Texts.escaped(title)).append("\">");
        grid(out, top);
        marks.forEach(mark -> mark(out, mark));
        for (Series each : series) {
            out.append("<polyline class=\"").append(each.style()).append("\" points=\"");
            for (Point point : each.points()) {
                out.append(number(x(point.second())))
                        .append(',')
                        .append(number(y(point.value(), top)))
                        .append(' ');
            }
            out.append("\"/>");
        }
        return out.append("</svg></figure>").toString();
    }

    private void grid(StringBuilder out, double top) {
        for (int i = 0; i <= 4; i++) {
            double value = top * i / 4;
            String y = number(y(value, top));
            out.append("<line class=g x1=\"")
                    .append(LEFT)
                    .append("\" x2=\"")
                    .append(WIDTH)
                    .append("\" y1=\"")
                    .append(y);
            out.append("\" y2=\"")
                    .append(y)
                    .append("\"/><text x=\"")
                    .append(LEFT - 6)
                    .append("\" y=\"")
                    .append(y);
            out.append("\" text-anchor=end>").append(Texts.decimal(value)).append("</text>");
        }
        for (int i = 0; i <= 6; i++) {
            double second = seconds * i / 6;
            out.append("<text x=\"").append(number(x(second))).append("\" y=\"").append(HEIGHT + 20);
            out.append("\" text-anchor=middle>").append(Math.round(second)).append(" s</text>");
        }
    }

    private void mark(StringBuilder out, Mark mark) {
        String x = number(x(mark.second()));
        out.append("<line class=m x1=\"")
                .append(x)
                .append("\" x2=\"")
                .append(x)
                .append("\" y1=\"12\" y2=\"")
                .append(HEIGHT);
        out.append("\"/><text class=mt x=\"")
                .append(x)
                .append("\" y=\"10\">")
                .append(Texts.escaped(mark.text()))
                .append("</text>");
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT - 8) * second / seconds;
    }

    private static double y(double value, double top) {
        return HEIGHT - (HEIGHT - 16) * value / top;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
