package io.bascule.core.stats;

import java.util.Arrays;

/**
 * Which side did this failure hit? Two sides serve users at once, a share of them the target. When both fail equally
 * often, a failure hits the target with just that share. The evidence against that is a product of bets, mixed over how
 * many times worse the target could be: whoever looks as often as they like, and stops when they like, sees evidence of
 * 20 or more in at most 1 of 20 cutovers where nothing is wrong (Ville's inequality). The share may change between
 * looks, as stages do. Immutable.
 *
 * <p>"Failure" may be any event that a request has or has not, such as being slower than a bound.
 */
public final class SideTest {
    /** How many times the odds of a failure could be raised at the target. */
    private static final double[] ODDS = {1.25, 1.5, 2, 3, 5, 10, 30, 100};

    private final double[] logs;

    private SideTest(double[] logs) {
        this.logs = logs;
    }

    /** Nothing seen yet. */
    public static SideTest begin() {
        return new SideTest(new double[ODDS.length]);
    }

    /**
     * What a look saw since the one before.
     *
     * @param share of all requests that went to the target since then, between 0 and 1
     * @param target failures there
     * @param source failures there
     */
    public SideTest look(double share, long target, long source) {
        if (!(share >= 0 && share <= 1) || target < 0 || source < 0) {
            throw new IllegalArgumentException(target + " and " + source + " failures at a share of " + share);
        }
        if (share == 0 || share == 1) {
            return this;
        }
        double[] next = logs.clone();
        for (int i = 0; i < next.length; i++) {
            double all = 1 + share * (ODDS[i] - 1);
            next[i] += target * Math.log(ODDS[i] / all) - source * Math.log(all);
        }
        return new SideTest(next);
    }

    /** By how much the failures seen are likelier when the target is worse than when it is not. */
    public double evidence() {
        double most = Arrays.stream(logs).max().orElse(0);
        return Math.exp(most)
                * Arrays.stream(logs).map(log -> Math.exp(log - most)).average().orElse(1);
    }

    /** Whether the target is shown to fail more often, with at most that chance of a false alarm over all looks. */
    public boolean alarms(double falseAlarms) {
        return evidence() >= 1 / falseAlarms;
    }
}
