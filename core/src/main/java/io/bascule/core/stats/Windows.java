package io.bascule.core.stats;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The distributions of successive windows of time, ready to be added up again and again with other weights. Memory is
 * windows x different values, at most {@value #MOST_WINDOWS} x about 4,000: neighbouring windows are joined beyond that,
 * and values closer than half a percent share one. Immutable.
 */
public final class Windows {
    /** Windows kept apart. */
    public static final int MOST_WINDOWS = 600;

    private static final int MOST_VALUES = 4_000;
    private static final double GRID = 0.005;
    private final double[] values;
    private final double[] sums;
    private final long[] counts;

    /** By value, then by window: how many of the window's values do not exceed it. */
    private final int[][] upTo;

    private Windows(double[] values, double[] sums, long[] counts, int[][] upTo) {
        this.values = values;
        this.sums = sums;
        this.counts = counts;
        this.upTo = upTo;
    }

    public static Windows of(List<Distribution> parts) {
        List<Distribution> joined = joined(parts);
        double[] values = values(joined);
        int[][] upTo = new int[values.length][joined.size()];
        double[] sums = new double[joined.size()];
        long[] counts = new long[joined.size()];
        for (int w = 0; w < joined.size(); w++) {
            Distribution part = joined.get(w);
            counts[w] = part.count();
            sums[w] = part.isEmpty() ? 0 : part.mean() * part.count();
            fill(upTo, w, part, values);
        }
        return new Windows(values, sums, counts, upTo);
    }

    /** So many successive windows become one that at most {@link #MOST_WINDOWS} are left. */
    public static int joinedBy(int windows) {
        return Math.max(1, Math.ceilDiv(windows, MOST_WINDOWS));
    }

    private static List<Distribution> joined(List<Distribution> parts) {
        int by = joinedBy(parts.size());
        if (by == 1) {
            return parts;
        }
        return java.util.stream.IntStream.range(0, Math.ceilDiv(parts.size(), by))
                .mapToObj(i -> Distribution.merged(parts.subList(i * by, Math.min(parts.size(), (i + 1) * by))))
                .toList();
    }

    private static double[] values(List<Distribution> parts) {
        TreeSet<Double> exact = new TreeSet<>();
        TreeSet<Double> coarse = new TreeSet<>();
        for (Distribution part : parts) {
            for (int i = 0; i < part.size(); i++) {
                exact.add(part.value(i));
                coarse.add(onGrid(part.value(i)));
            }
        }
        TreeSet<Double> kept = exact.size() <= MOST_VALUES ? exact : coarse;
        return kept.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double onGrid(double value) {
        return value <= 0 ? value : Math.exp(Math.round(Math.log(value) / GRID) * GRID);
    }

    private static void fill(int[][] upTo, int window, Distribution part, double[] values) {
        int[] at = new int[values.length];
        for (int i = 0; i < part.size(); i++) {
            int found = Arrays.binarySearch(values, part.value(i));
            int index = found >= 0 ? found : Arrays.binarySearch(values, onGrid(part.value(i)));
            at[index] += Math.toIntExact(part.countOf(i));
        }
        int sum = 0;
        for (int v = 0; v < values.length; v++) {
            sum += at[v];
            upTo[v][window] = sum;
        }
    }

    public int size() {
        return counts.length;
    }

    /** The mean of all values, each window counted as often as its weight says; NaN when there are none. */
    public double mean(int[] weights) {
        double sum = 0;
        for (int w = 0; w < weights.length; w++) {
            sum += weights[w] * sums[w];
        }
        return sum / count(weights);
    }

    /** The percentile of all values, weighted alike; NaN when there are none. */
    public double percentile(double share, int[] weights) {
        long count = count(weights);
        if (count == 0) {
            return Double.NaN;
        }
        long rank = Distribution.rank(count, share);
        int low = -1;
        int high = values.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (reached(upTo[middle], weights) >= rank) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return values[high];
    }

    private static long reached(int[] row, int[] weights) {
        long sum = 0;
        for (int w = 0; w < weights.length; w++) {
            sum += (long) weights[w] * row[w];
        }
        return sum;
    }

    private long count(int[] weights) {
        long count = 0;
        for (int w = 0; w < weights.length; w++) {
            count += weights[w] * counts[w];
        }
        return count;
    }
}
