package io.bascule.app.report;

import java.util.ArrayList;
import java.util.Comparator;
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
        top = round(top);
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
        marks(out);
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

    /** Words that would run into each other stand in turn on three lines; the last ones end at the right edge. */
    private void marks(StringBuilder out) {
        double occupied = 0;
        int row = 0;
        for (Mark mark :
                marks.stream().sorted(Comparator.comparingDouble(Mark::second)).toList()) {
            double x = x(mark.second());
            row = x < occupied ? (row + 1) % 3 : 0;
            occupied = x + 7.0 * mark.text().length();
            boolean right = occupied > WIDTH;
            out.append("<line class=m x1=\"")
                    .append(number(x))
                    .append("\" x2=\"")
                    .append(number(x));
            out.append("\" y1=\"12\" y2=\"")
                    .append(HEIGHT)
                    .append("\"/><text class=mt x=\"")
                    .append(number(x));
            out.append("\" y=\"").append(10 + 13 * row).append(right ? "\" text-anchor=end>" : "\">");
            out.append(Texts.escaped(mark.text())).append("</text>");
        }
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT - 8) * second / seconds;
    }

    private static double y(double value, double top) {
        return HEIGHT - (HEIGHT - 16) * value / top;
    }

    /** The next of 1, 2, 4, 6, 8, 10 times a power of ten: four even steps below it are good to read. */
    private static double round(double top) {
        if (top <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(top)));
        for (double step : new double[] {1, 2, 4, 6, 8, 10}) {
            if (top <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
