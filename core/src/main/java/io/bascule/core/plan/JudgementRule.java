package io.bascule.core.plan;

import java.time.Duration;
import java.util.List;

/**
 * How a soak is judged.
 *
 * @param every how often a window is judged
 * @param over how long a window is
 * @param failures with so many failed windows among the last {@code windows}, the stage fails (k of n)
 * @param windows n of k of n
 * @param minRequests requests of the judged side that a stage needs before it can pass
 * @param shareBand how far the observed share may lie from the weight, as a fraction; outside, a stage is not judged
 * @param noDataAfter how long NO_DATA holds before {@code noDataThen} acts
 * @param limits absolute bounds on the side that carries the traffic
 * @param againstSource bounds relative to the source in the same window, or to the baseline
 */
public record JudgementRule(
        Duration every,
        Duration over,
        int failures,
        int windows,
        long minRequests,
        double shareBand,
        Duration noDataAfter,
        NoDataPolicy noDataThen,
        List<Limit> limits,
        List<Limit> againstSource) {
    public JudgementRule {
        limits = List.copyOf(limits);
        againstSource = List.copyOf(againstSource);
        if (failures < 1 || failures > windows) {
            throw new IllegalArgumentException("k of n needs 1 <= k <= n: " + failures + " of " + windows);
        }
    }

    public enum NoDataPolicy {
        HOLD,
        BACK_ONE_STAGE,
        ROLL_BACK
    }
}
