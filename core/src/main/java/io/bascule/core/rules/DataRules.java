package io.bascule.core.rules;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Data that is said to move does, every writer is named, and nothing closes the way back unasked. */
final class DataRules {
    private DataRules() {}

    static void check(CutoverPlan plan, List<Fault> faults) {
        writers(plan, faults);
        plan.movedDatasets().forEach(dataset -> carried(plan, dataset, faults));
        for (Phase phase : plan.phases()) {
            for (int i = 0; i < phase.steps().size(); i++) {
                irreversible(plan, phase, i, faults);
            }
        }
    }

    private static void writers(CutoverPlan plan, List<Fault> faults) {
        if (!plan.shape().movesData() || plan.movedDatasets().findAny().isEmpty()) {
            return;
        }
        if (plan.writers().isEmpty()) {
            faults.add(new Fault(
                    Rule.WRITERS_SAID,
                    "writers",
                    "data moves and no writer is named",
                    "list everything that writes under 'writers'"));
            return;
        }
        Set<String> through = plan.writers().stream()
                .map(Writer::kind)
                .filter(Writer.Through.class::isInstance)
                .map(kind -> ((Writer.Through) kind).entrance())
                .collect(Collectors.toSet());
        for (Entrance entrance : plan.entrances()) {
            if (!entrance.writes().isEmpty() && !through.contains(entrance.name())) {
                faults.add(new Fault(
                        Rule.WRITERS_SAID,
                        "entrances." + entrance.name(),
                        "the entrance '" + entrance.name() + "' carries writes and no writer comes through it",
                        "add a writer with 'through: " + entrance.name() + "', or write 'writes: []'"));
            }
        }
    }

    private static void carried(CutoverPlan plan, Dataset dataset, List<Fault> faults) {
        List<String> missing = new ArrayList<>();
        lacks(plan, dataset, Action.Sync.class, Action.Sync::dataset, "sync", missing);
        lacks(plan, dataset, Action.CompareData.class, Action.CompareData::dataset, "compare-data", missing);
        boolean reverse = dataset.moved().filter(Dataset.Moved::reverse).isPresent();
        if (reverse) {
            lacks(plan, dataset, Action.ReverseOn.class, Action.ReverseOn::dataset, "reverse-on", missing);
        }
        if (!missing.isEmpty() && plan.shape().movesData()) {
            faults.add(new Fault(
                    Rule.DATA_CARRIED,
                    "datasets." + dataset.name(),
                    "the dataset '" + dataset.name() + "' moves without a step of kind: " + String.join(", ", missing),
                    "add it to the phase 'sync'"));
        }
        dataset.moved()
                .filter(moved -> moved.source().equals(moved.target()))
                .ifPresent(moved -> faults.add(new Fault(
                        Rule.STORES,
                        "datasets." + dataset.name() + ".moved.target",
                        "'" + dataset.name() + "' moves from '" + moved.source() + "' to itself",
                        "")));
    }

    private static <A extends Action> void lacks(
            CutoverPlan plan,
            Dataset dataset,
            Class<A> kind,
            Function<A, String> name,
            String word,
            List<String> missing) {
        boolean there = plan.steps()
                .map(step -> step.action())
                .filter(kind::isInstance)
                .map(kind::cast)
                .anyMatch(action -> name.apply(action).equals(dataset.name()));
        if (!there) {
            missing.add(word);
        }
    }

    private static void irreversible(CutoverPlan plan, Phase phase, int index, List<Fault> faults) {
        Action action = phase.steps().get(index).action();
        boolean noUndo = switch (action) {
            case Action.ReverseOff _, Action.Decommission _ -> true;
            case Action.Script script -> script.hasEffect() && script.undo().isEmpty();
            case Action.SwitchOver _, // its place says it: one that is not undone belongs into REVIEW alone
                    Action.Check _,
                    Action.Probe _,
                    Action.Backup _,
                    Action.PrepareDns _,
                    Action.Load _,
                    Action.Replay _,
                    Action.Judge _,
                    Action.Freeze _,
                    Action.Sync _,
                    Action.CompareData _,
                    Action.ReverseOn _,
                    Action.Configure _,
                    Action.Release _,
                    Action.Shift _,
                    Action.Bake _,
                    Action.Capacity _ -> false;
        };
        String path = PlanRules.path(phase, index);
        if (noUndo && !Sequences.isBehindCommit(plan, phase)) {
            faults.add(new Fault(
                    Rule.IRREVERSIBLE,
                    path,
                    "'" + action.kind() + "' cannot be undone, and stands before the point of no return",
                    action instanceof Action.Script
                            ? "give it 'undo', or move it behind 'commit'"
                            : "move it behind 'commit'"));
        }
        if (action instanceof Action.Script script
                && script.hasEffect()
                && script.observe().isEmpty()) {
            faults.add(new Fault(
                    Rule.UNOBSERVED,
                    path,
                    "the script '" + script.run() + "' has an effect and no 'observe'",
                    "add 'observe', or write 'effect: none' when it only looks"));
        }
    }
}
