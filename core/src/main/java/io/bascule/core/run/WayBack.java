package io.bascule.core.run;

/** Whether the way back is open, derived from the run at every tick. */
public enum WayBack {
    OPEN,
    /** Open, and something threatens it: lag, headroom, disk. */
    AT_RISK,
    /** Rolling back would lose writes. */
    CLOSED
}
