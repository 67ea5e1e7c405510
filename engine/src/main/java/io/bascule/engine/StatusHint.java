package io.bascule.engine;

import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunEvent.Ended;
import io.bascule.core.run.RunEvent.GateAsked;
import io.bascule.core.run.RunEvent.GatePassed;
import io.bascule.core.run.RunEvent.GateVoided;
import io.bascule.core.run.RunEvent.Held;
import io.bascule.core.run.RunEvent.HoldLifted;
import io.bascule.core.run.RunEvent.OrderAccepted;
import io.bascule.core.run.RunEvent.RollbackBegun;
import io.bascule.core.run.RunStatus;
import java.util.List;

/**
 * Where a run seems to stand, for lists. The truth is the core's fold; this only looks at the events that people see
 * in a list, and needs no plan.
 */
final class StatusHint {
    private boolean held;
    private boolean gate;
    private boolean back;

    private StatusHint() {}

    static RunStatus of(List<Entry> entries) {
        StatusHint hint = new StatusHint();
        for (Entry entry : entries) {
            if (entry.event() instanceof Ended ended) {
                return ended.status();
            }
            hint.hear(entry.event());
        }
        if (hint.held) {
            return RunStatus.HOLDING;
        }
        return hint.back ? RunStatus.ROLLING_BACK : hint.gate ? RunStatus.WAITING : RunStatus.RUNNING;
    }

    private void hear(RunEvent event) {
        if (event instanceof Held) {
            held = true;
        } else if (event instanceof HoldLifted || lifts(event)) {
            held = false;
        } else if (event instanceof GateAsked) {
            gate = true;
        } else if (event instanceof GatePassed || event instanceof GateVoided) {
            gate = false;
        } else if (event instanceof RollbackBegun) {
            back = true;
            held = false;
        }
    }

    private static boolean lifts(RunEvent event) {
        return event instanceof OrderAccepted accepted
                && (accepted.order() instanceof Order.Resume
                        || accepted.order() instanceof Order.Retry
                        || accepted.order() instanceof Order.Skip
                        || accepted.order() instanceof Order.Ack);
    }
}
