package io.bascule.core.port;

/** What an actuator answers to a request to change something. */
public sealed interface Outcome {

    /**
     * Accepted. Not yet proof of effect: that is read back.
     *
     * @param changeId the platform's own name for it, or empty
     */
    record Done(String changeId) implements Outcome {}

    /**
     * Certainly not done.
     *
     * @param again whether the same request may succeed later (throttled, busy)
     */
    record Refused(String why, boolean again) implements Outcome {}

    /** May or may not have been done: time-out after sending, lost reply, interrupted. */
    record Unknown(String why) implements Outcome {}
}
