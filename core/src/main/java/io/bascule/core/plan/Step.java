package io.bascule.core.plan;

import java.time.Duration;

/**
 * One thing to do, each with its owner and its times.
 *
 * @param id unique in the plan: the kind, with {@code .2}, {@code .3} when it occurs again ({@code configure.2})
 * @param planned how long it should take
 * @param timeOut how long one call of it may take
 */
public record Step(String id, PhaseId phase, Action action, String owner, Duration planned, Duration timeOut) {
    public String kind() {
        return action.kind();
    }
}
