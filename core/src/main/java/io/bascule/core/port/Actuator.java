package io.bascule.core.port;

/**
 * Reads and changes one resource. Implementations take the deadline, are idempotent by {@link Change#token}, never
 * retry by themselves, and never throw for operating trouble: an interrupted or broken call is {@code Unknown} or
 * {@code Unseen}. Every implementation passes {@code ActuatorConformance} of the testkit.
 */
public interface Actuator {

    /** May we change it, and change it back? Read-only. */
    Authority authorise(Deadline deadline);

    /** The state as the authority has it now. Read-only. */
    Reading observe(Deadline deadline);

    /**
     * Asks for the change. After {@code Done} the authority has accepted it; after {@code Refused} nothing was
     * changed; after {@code Unknown} only {@link #observe} tells. A state already equal to the one wanted is
     * {@code Done}. A state that differs from {@link Change#expected} is {@code Refused} where the platform can compare.
     */
    Outcome apply(Change change, Deadline deadline);

    /**
     * Whether the receiver refuses a request that arrives after {@link Change#notAfter}, or on a state that changed
     * since. Then a doubtful intent is observed at once instead of after its {@code notAfter}.
     */
    default boolean refusesLate() {
        return false;
    }

    /**
     * Whether a change takes several requests, so that one that was broken off may be found half made: each owned field
     * as before or as wanted. Such a state, while a change may be under way, is taken for that change.
     */
    default boolean inParts() {
        return false;
    }

    /**
     * Told, before the observation that settles it, under which id the platform accepted a change: a process that did
     * not send it goes on waiting for that change.
     */
    default void accepted(String changeId) {}
}
