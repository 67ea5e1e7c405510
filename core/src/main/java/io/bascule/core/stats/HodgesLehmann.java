package io.bascule.core.stats;

import java.util.Arrays;

/**
 * How far the first sample lies above the second: the median of all differences of a value of the one and a value of the
 * other, and the interval of shifts that {@link MannWhitney} would not reject. Values must be independent.
 */
public record HodgesLehmann(double shift, Interval interval) {
    /** Pairs that are formed at most: 16 million, 128 MB. */
    private static final long MOST = 16_000_000;

    /** The shift of two samples, neither empty. Throws {@link IllegalArgumentException} above 16 million pairs. */
    public static HodgesLehmann of(double[] first, double[] second, double confidence) {
        double[] differences = differences(first, second);
        boolean small = first.length + second.length <= MannWhitney.EXACT_MOST && untied(first, second);
        Interval interval = small
                ? exact(differences, first.length, second.length, confidence)
                : approximate(differences, first, second, confidence);
        return new HodgesLehmann(median(differences), interval);
    }

    private static double[] differences(double[] first, double[] second) {
        if ((long) first.length * second.length > MOST) {
            throw new IllegalArgumentException("too many pairs: " + first.length + " x " + second.length);
        }
        double[] differences = new double[first.length * second.length];
        int at = 0;
        for (double x : first) {
            for (double y : second) {
                differences[at++] = x - y;
            }
        }
        Arrays.sort(differences);
        return differences;
    }

    private static boolean untied(double[] first, double[] second) {
        return Arrays.stream(first).distinct().count() == first.length
                && Arrays.stream(second).distinct().count() == second.length
                && Arrays.stream(first).noneMatch(x -> Arrays.stream(second).anyMatch(y -> x == y));
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** As many differences are cut off at each end as the exact distribution of u allows. */
    private static Interval exact(double[] differences, int n, int m, double confidence) {
        long[] doubled = new long[n + m];
        Arrays.setAll(doubled, i -> 2L * (i + 1));
        double[] likelihood = MannWhitney.rankSums(doubled, n);
        int least = n * (n + 1);
        double sum = 0;
        int cut = 0;
        for (int u = 0; u < differences.length; u++) {
            sum += likelihood[least + 2 * u];
            if (sum >= (1 - confidence) / 2) {
                cut = u;
                break;
            }
        }
        int low = Math.max(1, cut) - 1;
        return new Interval(differences[low], differences[differences.length - 1 - low], confidence);
    }

    private static Interval approximate(double[] sorted, double[] first, double[] second, double confidence) {
        double[] steps = Arrays.stream(sorted).distinct().toArray();
        double z = Normal.twoSided(confidence);
        double low = crossing(steps, first, second, z);
        return new Interval(low, Math.max(low, crossing(steps, first, second, -z)), confidence);
    }

    /** The difference beyond which the z-value, which falls in steps as the shift grows, is below a bound. */
    private static double crossing(double[] steps, double[] first, double[] second, double bound) {
        int low = -1;
        int high = steps.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            double between = (steps[middle] + steps[middle + 1]) / 2;
            if (MannWhitney.z(first, second, between) < bound) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return steps[high];
    }
}
