package io.bascule.core.port;

import io.bascule.core.plan.Side;

/** One writer: pauses and starts it (a singleton), and proves that it is refused. */
public interface WriterControl {

    /** The {@code SINGLETON} resource; only for singletons. */
    Actuator singleton();

    /** Tries a write with the writer's own credentials on a side: PASS when it was refused, FAIL when it went through. */
    Finding proveRefused(Side side, Deadline deadline);
}
