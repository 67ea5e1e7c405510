package io.bascule.core.stats;

import java.util.Arrays;

/**
 * Mann and Whitney's rank test of two samples of independent values. Ties share their mean rank. Up to
 * {@value #EXACT_MOST} values together its p-values are exact, given the ties; above, they come from the normal
 * approximation with the variance corrected for ties and half a rank for continuity.
 *
 * @param u pairs in which the first sample's value is the larger one, ties half
 * @param z the standardised statistic, corrected for continuity; 0 when all values are tied
 * @param larger how likely a {@code u} at least so large is when both samples come from one distribution
 * @param smaller the same for one at most so large
 * @param twoSided how likely one so far from the middle is
 */
public record MannWhitney(double u, double z, double larger, double smaller, double twoSided, boolean exact) {
    /** Values of both samples together up to which p-values are exact. */
    public static final int EXACT_MOST = 50;

    /** The test of two samples, neither empty. */
    public static MannWhitney of(double[] first, double[] second) {
        Ranked ranked = Ranked.of(first, second, 0);
        return first.length + second.length <= EXACT_MOST ? exact(ranked) : approximate(ranked);
    }

    /** The test with p-values from the normal approximation, whatever the size. */
    public static MannWhitney approximate(double[] first, double[] second) {
        return approximate(Ranked.of(first, second, 0));
    }

    /** The z-value when the first sample is moved down by a shift. */
    static double z(double[] first, double[] second, double shift) {
        return z(Ranked.of(first, second, shift));
    }

    private static MannWhitney approximate(Ranked ranked) {
        double deviation = ranked.u - ranked.mean();
        double sigma = ranked.sigma;
        if (sigma == 0) {
            return new MannWhitney(ranked.u, 0, 1, 1, 1, false);
        }
        double larger = Normal.above((deviation - 0.5) / sigma);
        double smaller = Normal.below((deviation + 0.5) / sigma);
        double both = Math.min(1, 2 * Normal.above((Math.abs(deviation) - 0.5) / sigma));
        return new MannWhitney(ranked.u, z(ranked), larger, smaller, both, false);
    }

    private static double z(Ranked ranked) {
        double deviation = ranked.u - ranked.mean();
        double sigma = ranked.sigma;
        return sigma == 0 ? 0 : (deviation - Math.signum(deviation) / 2) / sigma;
    }

    private static MannWhitney exact(Ranked ranked) {
        double[] likelihood = rankSums(ranked.doubled, ranked.firsts);
        long sum = Math.round(2 * ranked.u) + (long) ranked.firsts * (ranked.firsts + 1);
        long middle = (long) ranked.firsts * (ranked.doubled.length + 1);
        double larger = 0;
        double smaller = 0;
        double both = 0;
        for (int s = 0; s < likelihood.length; s++) {
            larger += s >= sum ? likelihood[s] : 0;
            smaller += s <= sum ? likelihood[s] : 0;
            both += Math.abs(s - middle) >= Math.abs(sum - middle) ? likelihood[s] : 0;
        }
        return new MannWhitney(ranked.u, z(ranked), Math.min(1, larger), Math.min(1, smaller), Math.min(1, both), true);
    }

    /** How likely each sum of doubled ranks is when so many of the values are drawn at random. */
    static double[] rankSums(long[] doubled, int drawn) {
        int most = (int) Arrays.stream(doubled).sum();
        double[][] ways = new double[drawn + 1][most + 1];
        ways[0][0] = 1;
        for (long rank : doubled) {
            for (int k = drawn; k >= 1; k--) {
                for (int s = most; s >= rank; s--) {
                    ways[k][s] += ways[k - 1][(int) (s - rank)];
                }
            }
        }
        double all = Arrays.stream(ways[drawn]).sum();
        return Arrays.stream(ways[drawn]).map(way -> way / all).toArray();
    }

    /** Both samples in one order. */
    private static final class Ranked {
        private final double u;

        /** Of u, corrected for ties. */
        private final double sigma;

        /** Twice the rank of every value. */
        private final long[] doubled;

        private final int firsts;

        private Ranked(double u, double sigma, long[] doubled, int firsts) {
            this.u = u;
            this.sigma = sigma;
            this.doubled = doubled;
            this.firsts = firsts;
        }

        static Ranked of(double[] first, double[] second, double shift) {
            int n = first.length;
            int m = second.length;
            if (n == 0 || m == 0) {
                throw new IllegalArgumentException("samples of " + n + " and " + m + " values");
            }
            double[] moved = Arrays.stream(first).map(x -> x - shift).sorted().toArray();
            double[] other = Arrays.stream(second).sorted().toArray();
            long[] doubled = new long[n + m];
            double sum = 0;
            double ties = 0;
            int i = 0;
            int j = 0;
            while (i + j < n + m) {
                double value = j == m || (i < n && moved[i] <= other[j]) ? moved[i] : other[j];
                int from = i + j;
                int firsts = i;
                while (i < n && moved[i] == value) {
                    i++;
                }
                while (j < m && other[j] == value) {
                    j++;
                }
                long twice = from + i + j + 1L;
                Arrays.fill(doubled, from, i + j, twice);
                sum += (i - firsts) * (twice / 2.0);
                double tied = i + j - from;
                ties += tied * tied * tied - tied;
            }
            double all = (double) n + m;
            double variance = (double) n * m / 12 * (all + 1 - ties / (all * (all - 1)));
            return new Ranked(sum - n * (n + 1.0) / 2, Math.sqrt(Math.max(0, variance)), doubled, n);
        }

        double mean() {
            return firsts * (doubled.length - (double) firsts) / 2;
        }
    }
}
