package io.bascule.core.rules;

import io.bascule.core.plan.CutoverPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a plan against every {@link Rule}. Pure: the same plan has the same faults, in the order of the rules; a plan
 * without faults that are no warnings may be run.
 */
public final class PlanRules {
    private PlanRules() {}

    /** All faults and warnings. */
    public static List<Fault> check(CutoverPlan plan) {
        List<Fault> faults = new ArrayList<>();
        References.check(plan, false, faults);
        SequenceRules.check(plan, faults);
        FreezeRules.check(plan, faults);
        WritableRules.check(plan, faults);
        DataRules.check(plan, faults);
        GateRules.check(plan, faults);
        JudgingRules.check(plan, faults);
        TimeRules.check(plan, faults);
        return List.copyOf(faults);
    }

    /**
     * Only the names that a plan refers to and does not have; for a plan that is faulty otherwise. What it declares
     * nothing of at all is not held against it, for the declaration may be what is faulty.
     */
    public static List<Fault> references(CutoverPlan plan) {
        List<Fault> faults = new ArrayList<>();
        References.check(plan, true, faults);
        return List.copyOf(faults);
    }

    /** The path of a step: {@code phases.sync[1]}. */
    static String path(io.bascule.core.plan.Phase phase, int index) {
        return "phases." + phase.id().word() + "[" + index + "]";
    }
}
