package io.bascule.core.stats;

/** The binomial distribution. */
final class Binomial {
    private Binomial() {}

    /** How likely at most so many successes are. */
    static double atMost(long successes, long trials, double share) {
        if (successes < 0) {
            return 0;
        }
        return successes >= trials ? 1 : Gamma.beta(1 - share, (double) (trials - successes), successes + 1.0);
    }

    /** The fewest successes that are not exceeded with at least that likelihood. */
    static long quantile(double likelihood, long trials, double share) {
        long low = -1;
        long high = trials;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (atMost(middle, trials, share) >= likelihood) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
