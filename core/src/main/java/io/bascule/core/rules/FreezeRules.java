package io.bascule.core.rules;

import static io.bascule.core.plan.PhaseKind.BAKE;
import static io.bascule.core.plan.PhaseKind.CONFIGURE;
import static io.bascule.core.plan.PhaseKind.DECOMMISSION;
import static io.bascule.core.plan.PhaseKind.FREEZE;
import static io.bascule.core.plan.PhaseKind.PREFLIGHT;
import static io.bascule.core.plan.PhaseKind.PREPARE;
import static io.bascule.core.plan.PhaseKind.RELEASE;
import static io.bascule.core.plan.PhaseKind.REVIEW;
import static io.bascule.core.plan.PhaseKind.SHIFT;
import static io.bascule.core.plan.PhaseKind.SMOKE;
import static io.bascule.core.plan.PhaseKind.SYNC;
import static io.bascule.core.plan.PhaseKind.VALIDATE;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which step may stand where, and what may not stand inside the freeze. */
final class FreezeRules {
    private static final Set<PhaseKind> ANYWHERE = EnumSet.complementOf(EnumSet.of(PhaseKind.GO, PhaseKind.COMMIT));

    private FreezeRules() {}

    static void check(CutoverPlan plan, List<Fault> faults) {
        List<Phase> inside = Sequences.freezePhases(plan);
        for (Phase phase : plan.phases()) {
            if (inside.contains(phase)) {
                inside(plan, phase, faults);
            }
            for (int i = 0; i < phase.steps().size(); i++) {
                step(phase, i, inside.contains(phase), faults);
            }
        }
    }

    private static void inside(CutoverPlan plan, Phase phase, List<Fault> faults) {
        PhaseKind kind = phase.id().kind();
        boolean flipShift = kind == SHIFT && plan.shape() == Shape.FLIP;
        boolean allowed = EnumSet.of(FREEZE, SYNC, CONFIGURE, SMOKE, RELEASE).contains(kind) || flipShift;
        if (!allowed) {
            faults.add(new Fault(
                    Rule.INSIDE_FREEZE,
                    "phases." + phase.id().word(),
                    "'" + phase.id().word() + "' stands inside the freeze, where writes wait",
                    "move it before 'freeze' or behind 'release'"));
        } else if (phase.gate().isPresent() && kind != FREEZE) {
            faults.add(new Fault(
                    Rule.INSIDE_FREEZE,
                    "phases." + phase.id().word() + ".gate",
                    "a gate inside the freeze would let writes wait for people",
                    "ask before 'freeze'"));
        }
    }

    private static void step(Phase phase, int index, boolean inFreeze, List<Fault> faults) {
        Step step = phase.steps().get(index);
        Set<PhaseKind> places = places(step.action());
        if (places.contains(phase.id().kind())) {
            return;
        }
        boolean mayWait = step.action() instanceof Action.Load
                || step.action() instanceof Action.Replay
                || step.action() instanceof Action.Bake;
        String words = places.stream().map(PhaseKind::word).collect(Collectors.joining(", "));
        faults.add(new Fault(
                inFreeze && mayWait ? Rule.INSIDE_FREEZE : Rule.STEP_PLACE,
                PlanRules.path(phase, index),
                "a " + word(step.action()) + " does not belong into '"
                        + phase.id().word() + "'",
                "it belongs into: " + words));
    }

    private static String word(Action action) {
        return switch (action) {
            case Action.Script script when script.hasEffect() -> "'script with effect' step";
            case Action.SwitchOver over when !over.reversible() -> "'sync' step that cannot be undone";
            default -> "'" + action.kind() + "' step";
        };
    }

    private static Set<PhaseKind> places(Action action) {
        return switch (action) {
            case Action.Check _ -> ANYWHERE;
            case Action.Probe probe -> probe.carries() ? EnumSet.of(PREPARE, SYNC) : ANYWHERE;
            // inside a freeze all is as before at the deadline, and until COMMIT on the way back
            case Action.SwitchOver over -> EnumSet.of(over.reversible() ? SYNC : REVIEW);
            case Action.Script script ->
                script.hasEffect()
                        ? EnumSet.of(PREPARE, FREEZE, SYNC, CONFIGURE, BAKE, DECOMMISSION, REVIEW)
                        : ANYWHERE;
            case Action.Backup _ -> EnumSet.of(PREPARE);
            case Action.PrepareDns _ -> EnumSet.of(PREPARE, REVIEW);
            case Action.Load _, Action.Replay _ -> EnumSet.of(VALIDATE);
            case Action.Judge judge ->
                judge.recordFor().isPresent() ? EnumSet.of(PREPARE, PREFLIGHT, VALIDATE) : EnumSet.of(BAKE, REVIEW);
            case Action.Freeze _ -> EnumSet.of(FREEZE);
            case Action.Sync _, Action.CompareData _, Action.ReverseOn _ -> EnumSet.of(SYNC);
            case Action.Configure _ -> EnumSet.of(CONFIGURE);
            case Action.Release _ -> EnumSet.of(RELEASE);
            case Action.Shift _ -> EnumSet.of(SHIFT);
            case Action.Bake _ -> EnumSet.of(BAKE);
            case Action.ReverseOff _ -> EnumSet.of(REVIEW);
            case Action.Capacity _ -> EnumSet.of(PREPARE, DECOMMISSION, REVIEW);
            case Action.Decommission _ -> EnumSet.of(DECOMMISSION);
        };
    }
}
