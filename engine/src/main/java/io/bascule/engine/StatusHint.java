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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a run seems to stand, for lists. The truth is the core's fold; this looks only at the events that move the
 * status, and needs no plan.
 */
final class StatusHint {
    private final Set<String> gates = new HashSet<>();
    private RunStatus status = RunStatus.RUNNING;
    private boolean back;
    private boolean failure;

    private StatusHint() {}

    static RunStatus of(List<Entry> entries) {
        StatusHint hint = new StatusHint();
        entries.forEach(entry -> hint.hear(entry.event()));
        return hint.status;
    }

    private void hear(RunEvent event) {
        if (event instanceof Ended ended) {
            status = ended.status();
        } else if (event instanceof Held held) {
            status = RunStatus.HOLDING;
            failure = held.cause() == Held.Cause.FAILURE;
        } else if (event instanceof HoldLifted) {
            lift();
        } else if (event instanceof GateAsked asked) {
            gates.add(asked.gate());
            status = RunStatus.WAITING;
        } else if (event instanceof GatePassed passed) {
            gates.remove(passed.gate());
            status = RunStatus.RUNNING;
        } else if (event instanceof GateVoided voided) {
            gates.remove(voided.gate());
        } else if (event instanceof RollbackBegun) {
            back = true;
            status = RunStatus.ROLLING_BACK;
        } else if (event instanceof OrderAccepted accepted) {
            hear(accepted.order());
        }
    }

    private void hear(Order order) {
        if (order instanceof Order.Hold) {
            status = RunStatus.HOLDING;
            failure = false;
        } else if (order instanceof Order.Resume
                || order instanceof Order.Retry
                || (order instanceof Order.Skip && failure && status == RunStatus.HOLDING)) {
            lift();
        }
    }

    private void lift() {
        status = back ? RunStatus.ROLLING_BACK : gates.isEmpty() ? RunStatus.RUNNING : RunStatus.WAITING;
    }
}
