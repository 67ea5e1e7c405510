package io.bascule.core.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a cutover may run.
 *
 * @param opens empty: at the run's start
 * @param lasts from opening to closing
 * @param margin kept free beside the roll-back's time before the window closes
 */
public record Window(Optional<Instant> opens, Duration lasts, Duration margin, AtTurnaround atTurnaround) {

    /** What happens when there is only just time left to roll back. */
    public enum AtTurnaround {
        HOLD,
        ROLL_BACK
    }

    public Instant opensAt(Instant runStarted) {
        return opens.orElse(runStarted);
    }

    public Instant closesAt(Instant runStarted) {
        return opensAt(runStarted).plus(lasts);
    }
}
