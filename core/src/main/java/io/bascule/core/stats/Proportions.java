package io.bascule.core.stats;

/** Shares of counted events: how sure one is, how two differ, how many trials a claim needs. */
public final class Proportions {
    private Proportions() {}

    /** Wilson's score interval of a share. */
    public static Interval wilson(long events, long trials, double confidence) {
        require(events, trials);
        double z = Normal.twoSided(confidence);
        double n = trials;
        double share = events / n;
        double scale = 1 + z * z / n;
        double centre = (share + z * z / (2 * n)) / scale;
        double half = z * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale;
        double low = events == 0 ? 0 : Math.max(0, centre - half);
        double high = events == trials ? 1 : Math.min(1, centre + half);
        return new Interval(low, high, confidence);
    }

    /** Clopper and Pearson's exact interval of a share: never too narrow. */
    public static Interval exact(long events, long trials, double confidence) {
        require(events, trials);
        double tail = (1 - confidence) / 2;
        double low = events == 0 ? 0 : Gamma.inverseBeta(tail, (double) events, trials - events + 1.0);
        double high = events == trials ? 1 : Gamma.inverseBeta(1 - tail, events + 1.0, (double) (trials - events));
        return new Interval(low, high, confidence);
    }

    /**
     * Newcombe's interval (his method 10, from two of Wilson's) of the first share less the second. Honest at 0 events,
     * where the customary one has no width.
     */
    public static Interval difference(long events, long trials, long otherEvents, long otherTrials, double confidence) {
        Interval first = wilson(events, trials, confidence);
        Interval second = wilson(otherEvents, otherTrials, confidence);
        double share = (double) events / trials;
        double other = (double) otherEvents / otherTrials;
        double down = Math.hypot(share - first.low(), second.high() - other);
        double up = Math.hypot(first.high() - share, other - second.low());
        return new Interval(share - other - down, share - other + up, confidence);
    }

    /**
     * Fisher's mid-p value for the first share being the larger one: small when so many of the events would hardly have
     * fallen on the first side had both the same share.
     */
    public static double larger(long events, long trials, long otherEvents, long otherTrials) {
        require(events, trials);
        require(otherEvents, otherTrials);
        long all = events + otherEvents;
        long most = Math.min(all, trials);
        double equal = likelihood(events, all, trials, otherTrials);
        double more = 0;
        for (long k = events + 1; k <= most; k++) {
            double next = likelihood(k, all, trials, otherTrials);
            more += next;
            if (next < more * 1e-17) {
                break;
            }
        }
        return Math.min(1, more + equal / 2);
    }

    /** How likely at least so many events are when each trial has that chance of one. */
    public static double atLeast(long events, long trials, double chance) {
        require(events, trials);
        return 1 - Binomial.atMost(events - 1, trials, chance);
    }

    /**
     * The fewest trials with at most so many failures that prove, one-sided, a share of successes of at least
     * {@code success}: 2,995 without a failure prove 99.9 % at 95 %.
     */
    public static long trialsToProve(double success, long failures, double confidence) {
        long low = failures;
        long high = failures + 1;
        while (Binomial.atMost(failures, high, 1 - success) > 1 - confidence) {
            low = high;
            high = Math.multiplyExact(high, 2L);
        }
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (Binomial.atMost(failures, middle, 1 - success) > 1 - confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double likelihood(long k, long all, long trials, long otherTrials) {
        if (all - k > otherTrials || k > trials || k < 0 || k > all) {
            return 0;
        }
        return Math.exp(Gamma.logChoose(trials, k)
                + Gamma.logChoose(otherTrials, all - k)
                - Gamma.logChoose(trials + otherTrials, all));
    }

    private static void require(long events, long trials) {
        if (trials < 1 || events < 0 || events > trials) {
            throw new IllegalArgumentException(events + " events in " + trials + " trials");
        }
    }
}
