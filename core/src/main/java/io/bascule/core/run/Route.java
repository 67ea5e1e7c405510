package io.bascule.core.run;

/** How a roll-back brings the data home, chosen from what is observed when it begins. */
public enum Route {
    /** The target's database never took a write: whatever was armed is disarmed. */
    DISARM,
    /** The target's database is writable: its writes are carried home under a freeze of their own. */
    HOME,
    /** Carrying home failed before the target was closed: the target is released again and a person decides. */
    AGAIN
}
