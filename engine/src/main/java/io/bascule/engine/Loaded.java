package io.bascule.engine;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Channel;
import java.util.Map;

/**
 * A run's plan with the means to carry it out.
 *
 * @param channels by their names in the plan; every message of the run goes by each of them
 * @param close gives back what the adapters hold; called once, when the run is over or the engine closes
 */
public record Loaded(CutoverPlan plan, Adapters adapters, Map<String, Channel> channels, Runnable close) {
    public Loaded {
        channels = Map.copyOf(channels);
    }

    public Loaded(CutoverPlan plan, Adapters adapters) {
        this(plan, adapters, Map.of(), () -> {});
    }
}
