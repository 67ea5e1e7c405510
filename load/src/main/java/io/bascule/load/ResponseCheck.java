package io.bascule.load;

import java.util.Optional;

/** What a response must satisfy to count as a success. Asked only about responses that are not failures already. */
@FunctionalInterface
public interface ResponseCheck {

    /** Whether this response is right. Runs on an event loop: must not block. An exception ends the run. */
    boolean passes(LoadResponse response);

    /**
     * Whether this status is a success; empty to leave that to the customary rule (2xx and 304). A status that is none fails
     * the request, with the kind that the customary rule has for it, else as {@link ErrorKind#CHECK_FAILED}.
     */
    default Optional<Boolean> status(int status) {
        return Optional.empty();
    }
}
