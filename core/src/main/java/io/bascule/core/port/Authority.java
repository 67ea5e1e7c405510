package io.bascule.core.port;

/** Whether this run may change a resource and change it back, as far as the platform tells beforehand. */
public sealed interface Authority {
    record Granted() implements Authority {}

    record Denied(String why) implements Authority {}

    /** The platform cannot be asked; shown by name before GO. */
    record Untold(String why) implements Authority {}
}
