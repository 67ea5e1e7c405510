package io.bascule.core.performance;

import io.bascule.core.port.Verdict;
import io.bascule.core.stats.Interval;
import java.util.Optional;

/**
 * One measure of a comparison.
 *
 * @param baseline the value before; empty when there is none
 * @param current the value now; empty when there is none
 * @param change of the figure, as a fraction of the baseline or, for shares of requests, a difference; positive when it
 *     rose, good or bad
 * @param interval of the change
 * @param significant whether the interval leaves "no change" out; empty without an interval
 * @param allowed the largest worsening that is no finding, on the scale of {@code change}
 * @param score 0 to 100, 70 for no change; empty without an interval
 * @param decides whether its verdict counts for the whole
 * @param how the interval was won; empty without one
 */
public record Row(
        Measure measure,
        Optional<Double> baseline,
        Optional<Double> current,
        Optional<Double> change,
        Optional<Interval> interval,
        Optional<Boolean> significant,
        double allowed,
        Optional<Double> score,
        boolean decides,
        String how,
        Verdict verdict) {

    /** By how many percent the figure got better; negative when it got worse. Empty where nobody said which way is better. */
    public Optional<Double> improvementPercent() {
        if (measure.better() == Measure.Better.UNSAID
                || baseline.isEmpty()
                || current.isEmpty()
                || baseline.get() == 0) {
            return Optional.empty();
        }
        double risen = (current.get() - baseline.get()) / Math.abs(baseline.get()) * 100;
        return Optional.of(measure.better() == Measure.Better.HIGHER ? risen : -risen);
    }

    /** Whether it is proved to be better, not merely a better number. */
    public boolean improved() {
        return significant.orElse(false) && improvementPercent().orElse(0.0) > 0;
    }

    /** Whether there is a figure on both sides and no interval: told, and never the reason of a failure. */
    public boolean indicative() {
        return baseline.isPresent() && current.isPresent() && interval.isEmpty();
    }
}
