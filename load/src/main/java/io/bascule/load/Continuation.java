package io.bascule.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a user does once answered. Called on the event loop: must not block. An exception ends the run. */
@FunctionalInterface
public interface Continuation {

    /** The next request of the same user, or null when the visit is over. */
    @Nullable
    Next after(LoadResponse response);

    /**
     * A request that depends on the one before it. It is due when that one has ended and the time to think is over: what the
     * one before took counts there, and not again here.
     */
    record Next(Duration think, LoadRequest request) {}
}
