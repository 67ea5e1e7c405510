package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Step;
import io.bascule.core.port.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of a run by its plan and state: the point of no return, the way back, the turnaround, a gate's quorum. */
public final class Rules {
    /** What the target must have carried of the source's load before COMMIT is approved without a reason. */
    private static final double LEAST_LOAD = 0.8;

    private Rules() {}

    /** Whether the point of no return is behind: COMMIT (or a decommission's GO) has been passed and has bound. */
    public static boolean committed(CutoverPlan plan, RunState state) {
        if (plan.shape() == Shape.DECOMMISSION) {
            return state.gate("go").map(GateState::passed).orElse(false);
        }
        boolean passed = state.gate("commit").map(GateState::passed).orElse(false);
        return passed && (!commitComesBeforeFreeze(plan) || state.targetOpened);
    }

    static boolean commitComesBeforeFreeze(CutoverPlan plan) {
        boolean commit = false;
        for (Phase phase : plan.phases()) {
            commit |= phase.id().kind() == PhaseKind.COMMIT;
            if (phase.id().kind() == PhaseKind.FREEZE) {
                return commit;
            }
        }
        return false;
    }

    /** The way back as it stands, with its reason. */
    static RunEvent.WayBackChanged wayBack(CutoverPlan plan, RunState state) {
        if (committed(plan, state)) {
            return new RunEvent.WayBackChanged(WayBack.CLOSED, "people gave it up at the last gate");
        }
        if (!state.targetOpened || state.cameHome) {
            return new RunEvent.WayBackChanged(WayBack.OPEN, "the source can take over again without loss");
        }
        for (Dataset dataset : plan.datasets()) {
            if (dataset.moved().isEmpty()) {
                continue;
            }
            String reverse = state.resource(Resource.reverse(dataset.name()))
                    .map(known -> known.observed().get("reverse"))
                    .orElse("off");
            if (!reverse.equals("on")) {
                String rows = fact(state, "unreplayedRows");
                return new RunEvent.WayBackChanged(
                        WayBack.CLOSED, "reverse capture of " + dataset.name() + " is " + reverse + rows);
            }
        }
        String lost = fact(state, "lost");
        if (!lost.isEmpty()) {
            return new RunEvent.WayBackChanged(WayBack.CLOSED, lost + fact(state, "unreplayedRows"));
        }
        String risk = fact(state, "risk");
        return risk.isEmpty()
                ? new RunEvent.WayBackChanged(WayBack.OPEN, "reverse capture keeps the source's copy current")
                : new RunEvent.WayBackChanged(WayBack.AT_RISK, risk);
    }

    private static String fact(RunState state, String key) {
        return state.lastLook()
                .flatMap(look -> Optional.ofNullable(look.facts().get(key)))
                .map(value -> key.equals("unreplayedRows") ? "; " + value + " writes would be lost" : value)
                .orElse("");
    }

    /** The latest instant at which going forward still leaves time to go back. */
    public static Instant turnaround(CutoverPlan plan, RunState state) {
        return turnaround(plan, plannedRollback(plan), state);
    }

    static Instant turnaround(CutoverPlan plan, Duration plannedRollback, RunState state) {
        return plan.window()
                .closesAt(state.startedAt())
                .minus(plannedRollback)
                .minus(plan.window().margin());
    }

    /** The sum of the planned times of what a roll-back undoes. */
    public static Duration plannedRollback(CutoverPlan plan) {
        Duration sum = Duration.ZERO;
        for (Phase phase : plan.phases()) {
            for (Step step : phase.steps()) {
                sum = Program.isProtected(step.action()) ? sum.plus(step.planned()) : sum;
            }
        }
        return sum;
    }

    /**
     * The highest load that the target has carried as a part of the source's recorded one; empty where the source's is
     * not known, or where no users have moved yet.
     */
    static OptionalDouble carried(RunState state) {
        return state.usersMoved && state.sourceLoad > 0
                ? OptionalDouble.of(state.targetLoad / state.sourceLoad)
                : OptionalDouble.empty();
    }

    /** What people who are asked for COMMIT must know of that load; empty where nothing is known. */
    static String carriedWords(RunState state) {
        OptionalDouble part = carried(state);
        return part.isEmpty()
                ? ""
                : "the target has carried up to " + Math.round(state.targetLoad) + " requests/s, "
                        + (long) (part.getAsDouble() * 100) + "% of the source's " + Math.round(state.sourceLoad);
    }

    /** Whether the target has carried too little to be sure of it: COMMIT then needs a person's own reason. */
    static boolean carriedTooLittle(RunState state) {
        OptionalDouble part = carried(state);
        return part.isPresent() && part.getAsDouble() < LEAST_LOAD;
    }

    /** Whether enough of the right people have approved. */
    static boolean quorum(CutoverPlan plan, RunState state, Gate gate, GateState said) {
        Set<String> who = said.approvals().stream().map(GateState.Approval::who).collect(Collectors.toSet());
        if (who.size() < gate.need()) {
            return false;
        }
        boolean someoneElse = who.stream().anyMatch(person -> !person.equals(state.startedBy));
        return gate.requesterAlone() || someoneElse;
    }
}
