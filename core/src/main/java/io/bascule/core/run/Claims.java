package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.run.RunEvent.Held.Cause;
import java.time.Duration;
import java.time.Instant;

/** One writer per entrance: its claim is read again before each write. */
final class Claims {
    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration READ = Duration.ofSeconds(3);
    private final Tick tick;

    Claims(Tick tick) {
        this.tick = tick;
    }

    /** Until when a claim taken now is good: an hour past the window, or past now where the window has closed. */
    static Instant until(CutoverPlan plan, RunState state, Instant now) {
        Instant closes = plan.window().closesAt(state.startedAt);
        return (closes.isAfter(now) ? closes : now).plus(GRACE);
    }

    /**
     * Whether an entrance may be written to. Forward, a claim that is lost or another's holds the run. On the way back
     * one that cannot be read stops nothing, a stale one is taken over, and only another's good one holds; where it was never
     * taken, nothing was written.
     */
    boolean allow(Act.Alter alter, Direction direction, int attempt) {
        boolean never = direction == Direction.BACK && !tick.state().claimed;
        if (never || !alter.resource().isOfEntrance()) {
            return true;
        }
        Claim claim = tick.around().adapters().router(alter.resource().name()).claim();
        return switch (claim.holds(tick.runId().text(), deadline())) {
            case Authority.Granted _ -> true;
            case Authority.Untold _ when direction == Direction.BACK -> true;
            case Authority.Untold untold -> {
                String why = "the claim on " + alter.resource().name() + " cannot be read: " + untold.why();
                tick.append(new RunEvent.StepFailed(alter.id(), direction, attempt, true, why));
                yield false;
            }
            case Authority.Denied denied -> (direction == Direction.BACK && takenOver(claim)) || hold(alter, denied);
        };
    }

    private boolean takenOver(Claim claim) {
        Instant until = until(tick.plan(), tick.state(), tick.now());
        return tick.state().force
                || !(claim.takeOverStale(tick.runId().text(), until, deadline()) instanceof Authority.Denied);
    }

    private boolean hold(Act.Alter alter, Authority.Denied denied) {
        tick.hold(Cause.CLAIM, "the claim on " + alter.resource().name() + " is not ours: " + denied.why());
        return false;
    }

    private Deadline deadline() {
        return Deadline.after(tick.now(), READ);
    }
}
