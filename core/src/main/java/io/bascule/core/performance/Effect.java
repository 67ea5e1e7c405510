package io.bascule.core.performance;

import io.bascule.core.stats.Interval;
import java.util.Optional;

/**
 * How far a figure moved from the baseline in the bad direction.
 *
 * @param worse the point: the logarithm of a ratio, or a difference of shares; above 0 is worse
 * @param interval what the noise of both runs allows; empty when it cannot be told
 * @param chance how likely a worsening like this is when nothing got worse; 1 when it cannot be told
 * @param allowed the largest worsening that is no finding, on the same scale
 * @param relative whether the scale is a logarithm of ratios
 * @param how the interval was won
 * @param missing why there is no interval, and what would give one
 */
record Effect(
        double worse,
        Optional<Interval> interval,
        double chance,
        double allowed,
        boolean relative,
        String how,
        String missing) {

    /** The interval's value that is nearest to no change: what is proved of the worsening. */
    double proved() {
        return interval.map(i -> i.nearest(0)).orElse(0.0);
    }

    /** The change as people read it: a fraction of the baseline, or a difference; positive when the figure rose. */
    double change(double onScale, boolean higherIsBetter) {
        double risen = higherIsBetter ? -onScale : onScale;
        return relative ? Math.expm1(risen) : risen;
    }
}
