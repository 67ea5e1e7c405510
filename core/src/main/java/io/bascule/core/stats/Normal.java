package io.bascule.core.stats;

/** The standard normal distribution, to about 1e-14. */
public final class Normal {
    private Normal() {}

    /** The share of it at or below z. */
    public static double below(double z) {
        double half = Gamma.lower(0.5, z * z / 2) / 2;
        return z >= 0 ? 0.5 + half : Gamma.upper(0.5, z * z / 2) / 2;
    }

    /** The share of it above z; exact also where {@link #below} is almost 1. */
    public static double above(double z) {
        return below(-z);
    }

    /** The z below which a share of it lies. */
    public static double quantile(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share between 0 and 1: " + share);
        }
        if (share > 0.5) {
            return -quantile(1 - share);
        }
        double low = -40;
        double high = 0;
        for (double middle = -20; low < middle && middle < high; middle = (low + high) / 2) {
            if (below(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The z of a two-sided interval: 1.96 for 0.95. */
    public static double twoSided(double confidence) {
        return -quantile((1 - confidence) / 2);
    }
}
