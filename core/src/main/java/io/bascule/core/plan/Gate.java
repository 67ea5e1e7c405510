package io.bascule.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A human decision that the run waits for.
 *
 * @param ask roles whose holders may approve; at least one
 * @param need how many different people must approve
 * @param remind how often those asked are reminded
 * @param requesterAlone whether the person who started the run may be the only approver
 * @param expires how long after asking an unanswered gate expires; empty: with the window
 */
public record Gate(List<String> ask, int need, Duration remind, boolean requesterAlone, Optional<Duration> expires) {
    public Gate {
        ask = List.copyOf(ask);
    }
}
