package io.bascule.engine;

import io.bascule.core.run.RunStatus;
import java.time.Instant;
import java.util.Optional;

/** What becomes of the lease after a tick. */
sealed interface TickEnd {

    /**
     * Given back until then, or until an order comes.
     *
     * @param seen the signals the tick knew of
     * @param failures ticks in a row that came to nothing
     * @param status where the run stands now, when the tick got to know
     */
    record Release(Instant until, long seen, int failures, Optional<RunStatus> status) implements TickEnd {}

    record Retire(RunStatus status) implements TickEnd {}

    /** It was not ours any more. */
    record Gone() implements TickEnd {}
}
