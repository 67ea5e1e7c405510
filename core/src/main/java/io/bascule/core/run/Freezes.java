package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.PhaseKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** How long a freeze may last: what the plan's freeze step says, forward and back alike. */
final class Freezes {
    private static final Duration WITHOUT_A_STEP = Duration.ofSeconds(20);

    private Freezes() {}

    /**
     * What a COMMIT before the freeze binds to. Each is judged inside the freeze, where a failure or the deadline opens
     * the source again.
     */
    static String terms(CutoverPlan plan) {
        List<String> terms = new ArrayList<>();
        if (plan.steps().anyMatch(step -> step.action() instanceof Action.CompareData)) {
            terms.add("0 differences");
        }
        terms.add("a pause of at most " + atMost(plan).toSeconds() + " s");
        if (plan.phases().stream().anyMatch(phase -> phase.id().kind() == PhaseKind.SMOKE)) {
            terms.add("smoke passed");
        }
        return String.join(", ", terms);
    }

    private static Duration atMost(CutoverPlan plan) {
        return plan.steps()
                .filter(step -> step.action() instanceof Action.Freeze)
                .map(step -> ((Action.Freeze) step.action()).atMost())
                .findFirst()
                .orElse(WITHOUT_A_STEP);
    }

    static Instant until(CutoverPlan plan, Instant now) {
        Instant until = now.plus(atMost(plan)).truncatedTo(ChronoUnit.MILLIS);
        // On a whole second some platforms write ".000" and some nothing: never there, the text is the same everywhere.
        return until.toEpochMilli() % 1000 == 0 ? until.plusMillis(1) : until;
    }
}
