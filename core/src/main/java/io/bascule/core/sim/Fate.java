package io.bascule.core.sim;

/** What becomes of one request for a change. */
public enum Fate {
    DONE,
    /** Certainly not done, and never will be. */
    REFUSED,
    /** Certainly not done; may be tried again. */
    THROTTLED,
    /** Done, but the answer is lost. */
    LOST_REPLY,
    /** Not done, but nobody can say so. */
    LOST_REQUEST,
    /** Takes effect seconds later, within its validity; the caller was told nothing. */
    LATE,
    /** Done after some seconds. */
    SLOW
}
