package io.bascule.core.rules;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One writable database: whoever gets users or writes has been configured to the database that accepts them. */
final class WritableRules {
    private WritableRules() {}

    static void check(CutoverPlan plan, List<Fault> faults) {
        phases(plan, faults);
        if (!plan.shape().movesData()) {
            return;
        }
        plan.movedDatasets().forEach(dataset -> {
            beforeRelease(plan, dataset, faults);
            insideFreeze(plan, dataset, faults);
            if (plan.shape() == Shape.WEB_FIRST) {
                beforeShift(plan, dataset, faults);
            }
        });
    }

    private static void phases(CutoverPlan plan, List<Fault> faults) {
        boolean moves = plan.movedDatasets().findAny().isPresent();
        if (!plan.shape().movesData()) {
            if (moves) {
                faults.add(new Fault(
                        Rule.DATA_PHASES,
                        "datasets",
                        "a " + plan.shape().word() + " plan moves no data, and a dataset is 'moved'",
                        "choose the shape data-first, web-first or flip, or say 'shared'"));
            }
            return;
        }
        if (!moves) {
            faults.add(new Fault(
                    Rule.DATA_PHASES,
                    "shape",
                    "a " + plan.shape().word() + " plan moves data, and no dataset is 'moved'",
                    "choose 'shape: stateless', or list the dataset"));
        }
        needStep(plan, PhaseKind.FREEZE, Action.Freeze.class, faults);
        needStep(plan, PhaseKind.SYNC, Action.Sync.class, faults);
        needStep(plan, PhaseKind.RELEASE, Action.Release.class, faults);
    }

    private static void needStep(CutoverPlan plan, PhaseKind kind, Class<? extends Action> action, List<Fault> faults) {
        long count =
                plan.steps().filter(step -> action.isInstance(step.action())).count();
        boolean here = Sequences.indexOf(plan, kind) >= 0;
        boolean several = count > 1 && kind != PhaseKind.SYNC;
        if (count == 0 || several) {
            faults.add(new Fault(
                    Rule.DATA_PHASES,
                    here ? "phases." + kind.word() : "phases",
                    "a " + plan.shape().word() + " plan needs " + (several ? "one" : "a") + " '" + kind.word()
                            + "' step, it has " + count,
                    several ? "keep one" : "add the phase '" + kind.word() + "' with such a step"));
        }
    }

    /** Both sides use the target's store when it is opened for writes; in a flip only the target carries users then. */
    private static void beforeRelease(CutoverPlan plan, Dataset dataset, List<Fault> faults) {
        if (Sequences.freezePhases(plan).isEmpty()) {
            return;
        }
        Set<Side> sides = plan.shape() == Shape.FLIP ? EnumSet.of(Side.TARGET) : EnumSet.allOf(Side.class);
        for (Side side : sides) {
            if (!connected(Sequences.insideFreeze(plan), dataset, side, Side.TARGET)) {
                faults.add(missing(plan, dataset, side, Side.TARGET, "inside the freeze, before RELEASE"));
            }
        }
    }

    private static void beforeShift(CutoverPlan plan, Dataset dataset, List<Fault> faults) {
        int shift = Sequences.indexOf(plan, PhaseKind.SHIFT);
        if (shift < 0) {
            return;
        }
        Stream<Step> before = plan.phases().subList(0, shift).stream().flatMap(phase -> phase.steps().stream());
        if (!connected(before, dataset, Side.TARGET, Side.SOURCE)) {
            faults.add(missing(plan, dataset, Side.TARGET, Side.SOURCE, "before SHIFT"));
        }
    }

    private static boolean connected(Stream<Step> steps, Dataset dataset, Side side, Side store) {
        return steps.anyMatch(step -> step.action() instanceof Action.Configure configure
                && configure.side() == side
                && configure
                        .connects()
                        .filter(connection ->
                                connection.dataset().equals(dataset.name()) && connection.store() == store)
                        .isPresent());
    }

    private static Fault missing(CutoverPlan plan, Dataset dataset, Side side, Side store, String when) {
        String location = dataset.moved().map(moved -> moved.location(store)).orElse("");
        boolean here = Sequences.indexOf(plan, PhaseKind.CONFIGURE) >= 0;
        return new Fault(
                Rule.ONE_WRITABLE,
                here ? "phases.configure" : "phases",
                "no configure step points the " + side.word() + "'s application to '" + location + "' ("
                        + dataset.name() + ") " + when,
                "add a configure step for the " + side.word() + " that sets a field to " + location);
    }

    private static void insideFreeze(CutoverPlan plan, Dataset dataset, List<Fault> faults) {
        for (Phase phase : Sequences.freezePhases(plan)) {
            for (int i = 0; i < phase.steps().size(); i++) {
                if (connected(phase.steps().subList(i, i + 1).stream(), dataset, Side.SOURCE, Side.SOURCE)
                        || connected(phase.steps().subList(i, i + 1).stream(), dataset, Side.TARGET, Side.SOURCE)) {
                    faults.add(new Fault(
                            Rule.ONE_WRITABLE,
                            PlanRules.path(phase, i),
                            "inside the freeze this points an application to the source's store of '" + dataset.name()
                                    + "', which will not accept writes again",
                            "set it to the target's store"));
                }
            }
        }
    }
}
