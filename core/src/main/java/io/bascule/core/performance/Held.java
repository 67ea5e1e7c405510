package io.bascule.core.performance;

import io.bascule.core.port.Verdict;
import java.util.Optional;

/**
 * An objective and what became of it.
 *
 * @param observed in the measure's unit; for a burn the fastest, in times the budget; empty when nothing was measured
 * @param margin room to the bound; negative when it was broken
 */
public record Held(Objective objective, Optional<Double> observed, Optional<Double> margin, Verdict verdict) {
    /** Only what was measured and kept. */
    public boolean compliant() {
        return verdict.passed();
    }
}
