package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Resource;

/** From a resource to the actuator that reaches it. */
public final class Reach {
    private Reach() {}

    public static Actuator actuator(CutoverPlan plan, Adapters adapters, Resource resource) {
        String name = resource.name();
        return switch (resource.kind()) {
            case TRAFFIC -> adapters.router(name).weights();
            case WRITES -> adapters.router(name).writes();
            case FENCE -> adapters.carrier(dataset(name)).fence(side(name));
            case CONFIGURATION -> adapters.configuration(name);
            case COPY -> adapters.carrier(name).copy();
            case REVERSE -> adapters.carrier(name).reverse();
            case SINGLETON -> adapters.writer(name).singleton();
            case DNS -> adapters.dns(name);
            case CAPACITY -> adapters.capacity(Side.ofWord(name));
            case EXISTENCE -> adapters.existence(Side.ofWord(name));
            case SWITCH -> adapters.switchOver(name);
            case SCRIPT -> script(plan, adapters, name);
        };
    }

    private static Actuator script(CutoverPlan plan, Adapters adapters, String step) {
        if (plan.step(step).orElseThrow().action() instanceof Action.Script script) {
            String observe = script.observe().orElseThrow();
            return adapters.scripts()
                    .effect(step, script.run(), observe, script.undo().orElse(""));
        }
        throw new IllegalStateException(step + " is no script");
    }

    static String dataset(String fence) {
        return fence.substring(0, fence.lastIndexOf('@'));
    }

    static Side side(String fence) {
        return Side.ofWord(fence.substring(fence.lastIndexOf('@') + 1));
    }
}
