package io.bascule.core.plan;

import java.util.List;
import java.util.Optional;

/** One entry of a plan's sequence: steps to do in order, and, where people decide, a gate before them. */
public record Phase(PhaseId id, List<Step> steps, Optional<Gate> gate) {
    public Phase {
        steps = List.copyOf(steps);
    }

    Phase without(String step) {
        return new Phase(
                id, steps.stream().filter(each -> !each.id().equals(step)).toList(), gate);
    }
}
