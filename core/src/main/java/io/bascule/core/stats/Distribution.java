package io.bascule.core.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counted values in ascending order: a histogram without its bins. Immutable. */
public final class Distribution {
    /** Nothing at all. */
    public static final Distribution EMPTY = new Distribution(new double[0], new long[0]);

    private final double[] values;
    private final long[] upTo;

    private Distribution(double[] values, long[] upTo) {
        this.values = values;
        this.upTo = upTo;
    }

    /** Values and how often each occurred, in any order. */
    public static Distribution of(double[] values, long[] counts) {
        TreeMap<Double, Long> sorted = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (counts[i] < 0 || Double.isNaN(values[i])) {
                throw new IllegalArgumentException(counts[i] + " times " + values[i]);
            }
            if (counts[i] > 0) {
                sorted.merge(values[i], counts[i], Long::sum);
            }
        }
        return of(sorted);
    }

    /** Single values, in any order. */
    public static Distribution of(double... values) {
        long[] once = new long[values.length];
        Arrays.fill(once, 1);
        return of(values, once);
    }

    /** All of them in one. */
    public static Distribution merged(Collection<Distribution> parts) {
        TreeMap<Double, Long> sorted = new TreeMap<>();
        for (Distribution part : parts) {
            for (int i = 0; i < part.values.length; i++) {
                sorted.merge(part.values[i], part.countOf(i), Long::sum);
            }
        }
        return of(sorted);
    }

    private static Distribution of(SortedMap<Double, Long> sorted) {
        double[] values = new double[sorted.size()];
        long[] upTo = new long[sorted.size()];
        int i = 0;
        long sum = 0;
        for (var entry : sorted.entrySet()) {
            sum += entry.getValue();
            values[i] = entry.getKey();
            upTo[i++] = sum;
        }
        return new Distribution(values, upTo);
    }

    public long count() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    public boolean isEmpty() {
        return upTo.length == 0;
    }

    /** How many different values there are. */
    public int size() {
        return values.length;
    }

    public double value(int index) {
        return values[index];
    }

    public long countOf(int index) {
        return index == 0 ? upTo[0] : upTo[index] - upTo[index - 1];
    }

    /** The value with that rank, counted from 1. */
    public double atRank(long rank) {
        if (rank < 1 || rank > count()) {
            throw new IllegalArgumentException("rank " + rank + " of " + count());
        }
        int found = Arrays.binarySearch(upTo, rank);
        return values[found < 0 ? -found - 1 : found];
    }

    /** The least value that at least that share of them does not exceed. */
    public double percentile(double share) {
        return atRank(rank(count(), share));
    }

    /** The rank of a percentile among so many values: nearest rank. */
    static long rank(long count, double share) {
        return Math.clamp((long) Math.ceil(share * count - 1e-9), 1, Math.max(1, count));
    }

    public double mean() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * countOf(i);
        }
        return sum / count();
    }

    public double max() {
        return values[values.length - 1];
    }

    /** How many values are above the bound. */
    public long above(double bound) {
        int at = Arrays.binarySearch(values, bound);
        int last = at >= 0 ? at : -at - 2;
        return count() - (last < 0 ? 0 : upTo[last]);
    }
}
