package io.bascule.core.run;

/** Which way an act goes: the plan's way, or the way back. */
public enum Direction {
    FORWARD,
    BACK
}
