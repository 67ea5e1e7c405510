package io.bascule.load;

/** What a response must satisfy to count as a success. Asked only about responses that are not failures already. */
@FunctionalInterface
public interface ResponseCheck {

    /** Whether this response is right. Runs on an event loop: must not block. An exception ends the run. */
    boolean passes(LoadResponse response);
}
