package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How long a freeze may last: what the plan's freeze step says, forward and back alike. */
final class Freezes {
    private static final Duration WITHOUT_A_STEP = Duration.ofSeconds(20);

    private Freezes() {}

    static Instant until(CutoverPlan plan, Instant now) {
        Duration atMost = plan.steps()
                .filter(step -> step.action() instanceof Action.Freeze)
                .map(step -> ((Action.Freeze) step.action()).atMost())
                .findFirst()
                .orElse(WITHOUT_A_STEP);
        Instant until = now.plus(atMost).truncatedTo(ChronoUnit.MILLIS);
        // On a whole second some platforms write ".000" and some nothing: never there, the text is the same everywhere.
        return until.toEpochMilli() % 1000 == 0 ? until.plusMillis(1) : until;
    }
}
