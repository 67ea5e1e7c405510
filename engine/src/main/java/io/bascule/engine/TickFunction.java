package io.bascule.engine;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.RunId;
import io.bascule.core.run.Surroundings;
import io.bascule.core.run.Tick;

/** {@link Tick#run}, or a stand-in for it. */
public interface TickFunction {
    Tick.Rest run(CutoverPlan plan, RunId run, Surroundings around);
}
