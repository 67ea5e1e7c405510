package io.bascule.core.performance;

import io.bascule.core.port.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * One number from 0 to 100 for a comparison. Each measure gets {@code 70 - 10 x proved / allowed}, kept within 0 to 100,
 * where <i>proved</i> is the end of the change's interval that lies nearest to no change (0 when the interval has no
 * change in it), on the scale of logarithms for ratios, and <i>allowed</i> the measure's margin there. So no proved
 * change is 70, a proved gain of one margin 80, a proved loss of one margin 60. The score is the mean by weight of the
 * measures that have one. Whatever fails caps it at {@value #FAILED}; with less than {@value #COVERED} % of the weight,
 * or figures that cannot be judged, there is none.
 *
 * @param value empty when too little was measured
 * @param covered the share of the weight that was measured, in percent
 */
public record Score(Optional<Double> value, double covered) {
    public static final double EQUAL = 70;
    public static final double STEP = 10;
    public static final double FAILED = 59;
    public static final double COVERED = 70;

    /** The score of one measure. */
    static double of(Effect effect) {
        double proved = effect.proved();
        return Math.clamp(proved == 0 ? EQUAL : EQUAL - STEP * proved / effect.allowed(), 0, 100);
    }

    /** The score of a comparison, given the verdict over everything that was asked of the run. */
    public static Score of(List<Row> rows, Verdict overall) {
        double weights = Measure.known().stream().mapToDouble(Measure::weight).sum();
        double covered = 0;
        double sum = 0;
        for (Row row : rows) {
            if (row.score().isPresent()) {
                covered += row.measure().weight();
                sum += row.measure().weight() * row.score().get();
            }
        }
        double percent = 100 * covered / weights;
        if (percent < COVERED || overall instanceof Verdict.Errored) {
            return new Score(Optional.empty(), percent);
        }
        double mean = sum / covered;
        return new Score(Optional.of(overall instanceof Verdict.Fail ? Math.min(FAILED, mean) : mean), percent);
    }
}
