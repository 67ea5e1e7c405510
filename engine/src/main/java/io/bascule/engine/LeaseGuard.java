package io.bascule.engine;

import io.bascule.core.run.Guard;
import io.bascule.core.run.RunClock;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** A call may leave while at most half of the lease's life has passed since its last heartbeat. */
record LeaseGuard(BusyTick tick, RunClock clock, BooleanSupplier closing) implements Guard {
    private static final double SAFE = 0.5;

    @Override
    public boolean maySend(Instant notAfter) {
        return !stopping() && tick.fractionDead() <= SAFE && clock.now().isBefore(notAfter);
    }

    @Override
    public boolean stopping() {
        return tick.lost() || closing.getAsBoolean();
    }
}
