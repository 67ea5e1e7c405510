package io.bascule.app.performance;

import io.bascule.core.performance.Slice;
import io.bascule.core.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The points of charts: a run's seconds joined to what an eye can tell apart. */
final class Curves {
    private static final int POINTS = 150;

    private Curves() {}

    /** Slices joined by neighbours to at most {@value #POINTS}. */
    static List<Slice> joined(List<Slice> slices) {
        int by = Math.max(1, Math.ceilDiv(slices.size(), POINTS));
        if (by == 1) {
            return slices;
        }
        List<Slice> joined = new ArrayList<>();
        for (int from = 0; from < slices.size(); from += by) {
            List<Slice> part = slices.subList(from, Math.min(slices.size(), from + by));
            joined.add(new Slice(
                    part.getFirst().at(),
                    part.stream().mapToDouble(Slice::seconds).sum(),
                    part.stream().mapToLong(Slice::arrivals).sum(),
                    part.stream().mapToLong(Slice::requests).sum(),
                    part.stream().mapToLong(Slice::failed).sum(),
                    Distribution.merged(part.stream().map(Slice::millis).toList())));
        }
        return joined;
    }

    static List<Plot.Point> over(List<Slice> joined, ToDoubleFunction<Slice> value) {
        return joined.stream()
                .map(slice -> new Plot.Point(slice.at() + slice.seconds() / 2, value.applyAsDouble(slice)))
                .toList();
    }

    static ToDoubleFunction<Slice> percentile(double share) {
        return slice -> slice.millis().isEmpty() ? Double.NaN : slice.millis().percentile(share);
    }

    /** The share up to which a distribution's percentiles say something: ten values lie beyond it. */
    static double last(Distribution millis) {
        double last = 1 - 10.0 / Math.max(20, millis.count());
        return Math.min(last, 0.9999);
    }

    /** Points along the axis of percentiles, evenly where each step leaves fewer. */
    static List<Plot.Point> spectrum(Distribution millis, double last) {
        List<Plot.Point> points = new ArrayList<>();
        if (millis.isEmpty()) {
            return points;
        }
        double own = Math.min(last, last(millis));
        double width = -Math.log10(1 - own);
        for (int i = 0; i <= POINTS; i++) {
            double share = 1 - Math.pow(10, -width * i / POINTS);
            points.add(new Plot.Point(share, millis.percentile(share)));
        }
        return points;
    }
}
