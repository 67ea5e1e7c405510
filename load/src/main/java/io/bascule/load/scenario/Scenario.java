package io.bascule.load.scenario;

import java.util.List;

/**
 * What a user does in one visit: its steps in order. A step whose request failed is the visit's last.
 *
 * @param weight how often it is chosen, against the others' weights; above 0
 * @param steps at least one
 */
public record Scenario(String name, int weight, List<Step> steps) {

    /** Throws {@link IllegalArgumentException} for a scenario that can never be. */
    public Scenario {
        steps = List.copyOf(steps);
        if (weight < 1 || steps.isEmpty()) {
            throw new IllegalArgumentException(name + " needs a weight above 0 and a step");
        }
    }
}
