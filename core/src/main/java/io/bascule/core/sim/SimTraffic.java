package io.bascule.core.sim;

import io.bascule.core.plan.Side;
import java.util.ArrayList;
import java.util.List;

/** What passed an entrance, as stretches of constant flow; sums over any window. */
final class SimTraffic {
    private static final class Stretch {
        final long from;
        final long to;
        final long[] requests;
        final long[] failed;
        /** Milliseconds, by side. */
        final double[] p95;

        Stretch(long from, long to, long[] requests, long[] failed, double[] p95) {
            this.from = from;
            this.to = to;
            this.requests = requests;
            this.failed = failed;
            this.p95 = p95;
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();

    /** The place of a side in arrays of both. */
    static int index(Side side) {
        return side == Side.SOURCE ? 0 : 1;
    }

    void add(long from, long to, long[] requests, long[] failed, double[] p95) {
        stretches.add(new Stretch(from, to, requests, failed, p95));
    }

    long requests(Side side, long from, long to) {
        double sum = 0;
        for (int i = stretches.size() - 1; i >= 0 && stretches.get(i).to > from; i--) {
            sum += stretches.get(i).requests[SimTraffic.index(side)] * part(stretches.get(i), from, to);
        }
        return (long) Math.ceil(sum - 1e-9);
    }

    long failed(Side side, long from, long to) {
        double sum = 0;
        for (int i = stretches.size() - 1; i >= 0 && stretches.get(i).to > from; i--) {
            sum += stretches.get(i).failed[SimTraffic.index(side)] * part(stretches.get(i), from, to);
        }
        return (long) Math.ceil(sum - 1e-9);
    }

    /** The slowest stretch's. */
    double p95(Side side, long from, long to) {
        double worst = 0;
        for (int i = stretches.size() - 1; i >= 0 && stretches.get(i).to > from; i--) {
            Stretch each = stretches.get(i);
            if (part(each, from, to) > 0 && each.requests[SimTraffic.index(side)] > 0) {
                worst = Math.max(worst, each.p95[SimTraffic.index(side)]);
            }
        }
        return worst;
    }

    private static double part(Stretch stretch, long from, long to) {
        long overlap = Math.min(stretch.to, to) - Math.max(stretch.from, from);
        return overlap <= 0 ? 0 : overlap / (double) (stretch.to - stretch.from);
    }
}
