package io.bascule.core.rules;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The order of phases, and COMMIT's place in it. */
final class SequenceRules {
    private SequenceRules() {}

    static void check(CutoverPlan plan, List<Fault> faults) {
        int freeze = Sequences.indexOf(plan, PhaseKind.FREEZE);
        int commit = Sequences.indexOf(plan, PhaseKind.COMMIT);
        boolean early = commit >= 0 && freeze >= 0 && commit < freeze;
        commitPlace(plan, early, commit, faults);
        List<PhaseKind> legal = Sequences.legal(plan.shape(), early);
        order(plan, legal, faults);
        occurrences(plan, faults);
        if (Sequences.indexOf(plan, PhaseKind.GO) < 0) {
            faults.add(new Fault(
                    Rule.SEQUENCE,
                    "phases",
                    "nobody approves this plan: GO is missing",
                    "add 'go: { gate: { ask: [lead] } }'"));
        }
        follows(plan, faults);
    }

    private static void commitPlace(CutoverPlan plan, boolean early, int commit, List<Fault> faults) {
        if (!plan.shape().movesData() || plan.movedDatasets().findAny().isEmpty()) {
            return;
        }
        boolean wanted = Sequences.commitsBeforeFreeze(plan);
        if (wanted && !early) {
            String names = plan.movedDatasets()
                    .filter(dataset ->
                            dataset.moved().filter(moved -> !moved.reverse()).isPresent())
                    .map(dataset -> "'" + dataset.name() + "'")
                    .collect(Collectors.joining(", "));
            faults.add(new Fault(
                    Rule.COMMIT_PLACE,
                    commit < 0 ? "phases" : "phases.commit",
                    "without reverse capture of " + names + " COMMIT must stand before FREEZE",
                    "move 'commit' directly before 'freeze', or write 'way-back: reverse'"));
        }
        if (!wanted && early) {
            faults.add(new Fault(
                    Rule.COMMIT_PLACE,
                    "phases.commit",
                    "every moved dataset is captured in reverse, so COMMIT belongs after the bake",
                    "move 'commit' behind 'bake'"));
        }
    }

    private static void order(CutoverPlan plan, List<PhaseKind> legal, List<Fault> faults) {
        int next = 0;
        for (Phase phase : plan.phases()) {
            int at = legal.subList(next, legal.size()).indexOf(phase.id().kind());
            if (at < 0) {
                String words = legal.stream().map(PhaseKind::word).collect(Collectors.joining(", "));
                String why = legal.contains(phase.id().kind()) ? " stands too late" : " has no place";
                faults.add(new Fault(
                        Rule.SEQUENCE,
                        "phases." + phase.id().word(),
                        "the phase '" + phase.id().word() + "'" + why + " in a "
                                + plan.shape().word() + " plan",
                        "the order is: " + words));
            } else {
                next += at + 1;
            }
        }
    }

    private static void occurrences(CutoverPlan plan, List<Fault> faults) {
        Map<PhaseKind, Integer> seen = new EnumMap<>(PhaseKind.class);
        for (Phase phase : plan.phases()) {
            int count = seen.merge(phase.id().kind(), 1, Integer::sum);
            if (phase.id().occurrence() != count) {
                String word = phase.id().kind().word() + (count == 1 ? "" : "-" + count);
                faults.add(new Fault(
                        Rule.SEQUENCE,
                        "phases." + phase.id().word(),
                        "this is occurrence " + count + " of the phase '"
                                + phase.id().kind().word() + "'",
                        "write it as '" + word + "'"));
            }
        }
    }

    private static void follows(CutoverPlan plan, List<Fault> faults) {
        boolean decommission = plan.shape() == Shape.DECOMMISSION;
        if (decommission && plan.follows().isEmpty()) {
            faults.add(new Fault(
                    Rule.FOLLOWS, "shape", "a decommission names the run that it follows", "add 'follows: RUN'"));
        }
        if (!decommission && plan.follows().isPresent()) {
            faults.add(new Fault(
                    Rule.FOLLOWS, "follows", "a " + plan.shape().word() + " plan follows no run", "remove it"));
        }
    }
}
