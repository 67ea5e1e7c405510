package io.bascule.core.plan;

import java.time.Duration;

/** One stage of a shift: the target's weight, and how long it is watched before the next. A flip's stage has a soak of 0. */
public record ShiftStage(Weight target, Duration soak) {
    public String word() {
        return target.toString();
    }
}
