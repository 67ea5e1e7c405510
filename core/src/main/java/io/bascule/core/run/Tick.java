package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import java.time.Instant;

/**
 * The one loop: fold, decide, do, record. It runs as long as there is work and rests when there is none; it never
 * sleeps. The durable engine and the simulator run this same code over their own {@link Surroundings}.
 */
public final class Tick {

    /** Why the tick ended. */
    public sealed interface Rest {
        /** Nothing to do before that instant, unless an order comes. */
        record Until(Instant at) implements Rest {}

        record Over(RunStatus status) implements Rest {}

        /** The lease is no longer ours, or the journal is in doubt: whoever ticks next reads it again. */
        record Lost() implements Rest {}
    }

    private Tick() {}

    /** Runs until there is nothing to do now. Throws nothing for operating trouble. */
    public static Rest run(CutoverPlan plan, RunId run, Surroundings around) {
        throw new UnsupportedOperationException("next commit: " + plan.name() + run + around);
    }
}
