package io.bascule.core.rules;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.ShiftStage;
import io.bascule.core.plan.Step;
import io.bascule.core.plan.Weight;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every stage is judged, can get the requests it needs, and leads to the target. */
final class JudgingRules {
    private final CutoverPlan plan;
    private final List<Fault> faults;
    private final Set<String> shifted = new HashSet<>();
    private String lastShift = "";

    private JudgingRules(CutoverPlan plan, List<Fault> faults) {
        this.plan = plan;
        this.faults = faults;
    }

    static void check(CutoverPlan plan, List<Fault> faults) {
        JudgingRules rules = new JudgingRules(plan, faults);
        rules.bounds();
        rules.baseline();
        for (Phase phase : plan.phases()) {
            for (int i = 0; i < phase.steps().size(); i++) {
                rules.step(phase.steps().get(i), PlanRules.path(phase, i));
            }
        }
        rules.leftBehind();
    }

    private void bounds() {
        boolean watched = plan.steps().anyMatch(this::isWatched);
        boolean none = plan.judgement().limits().isEmpty()
                && plan.judgement().againstSource().isEmpty();
        if (watched && none) {
            faults.add(new Fault(
                    Rule.STAGE_UNJUDGED,
                    "judgement",
                    "stages are watched, and no bound says what would be too bad",
                    "add 'judgement: { default: { limits: [ errors <= 1% ] } }'"));
        }
    }

    private boolean isWatched(Step step) {
        return step.action() instanceof Action.Release
                || step.action() instanceof Action.Bake
                || (step.action() instanceof Action.Shift && plan.shape() != Shape.FLIP);
    }

    private void baseline() {
        boolean recorded = plan.steps()
                .anyMatch(step -> step.action() instanceof Action.Judge judge
                        && judge.recordFor().isPresent());
        boolean needed = plan.steps()
                .anyMatch(step -> step.action() instanceof Action.Release
                        || (isWatched(step) && !plan.judgement().againstSource().isEmpty())
                        || (step.action() instanceof Action.Judge judge && judge.againstBaseline()));
        if (needed && !recorded) {
            faults.add(new Fault(
                    Rule.BASELINE,
                    "phases",
                    "figures are to be compared with a baseline, and no step records one",
                    "add 'judge: { record: baseline, for: 10m }' to 'prepare'"));
        }
    }

    private void step(Step step, String path) {
        if (step.action() instanceof Action.Shift shift) {
            shift(shift, path);
        }
        if (step.action() instanceof Action.Release release) {
            requests(expected(plan.entrances()), Weight.ALL, release.soak(), path + ".soak");
        }
        if (step.action() instanceof Action.Bake bake) {
            requests(expected(plan.entrances()), Weight.ALL, bake.lasts(), path + ".for");
        }
    }

    private void shift(Action.Shift shift, String path) {
        for (int i = 0; i < shift.entrances().size(); i++) {
            String name = shift.entrances().get(i);
            if (!shifted.add(name)) {
                stages(path + ".entrances[" + i + "]", "the users of '" + name + "' were moved by a shift before");
            }
        }
        lastShift = path;
        if (plan.shape() == Shape.FLIP) {
            flip(shift, path);
            return;
        }
        Weight before = Weight.ZERO;
        for (int i = 0; i < shift.stages().size(); i++) {
            stage(shift, i, before, path + ".stages[" + i + "]");
            before = shift.stages().get(i).target();
        }
        if (!before.equals(Weight.ALL) && !shift.stages().isEmpty()) {
            stages(path + ".stages", "the last stage is " + before + ", not 100%");
        }
    }

    /** Several shifts move the entrances in turn; in the end none is left. */
    private void leftBehind() {
        for (Entrance entrance : plan.entrances()) {
            if (!lastShift.isEmpty() && !shifted.contains(entrance.name())) {
                faults.add(new Fault(
                        Rule.ENTRANCE_LEFT,
                        lastShift + ".entrances",
                        "the users of the entrance '" + entrance.name() + "' would stay behind",
                        "add '" + entrance.name() + "' to 'entrances', or a shift of its own"));
            }
        }
    }

    private void flip(Action.Shift shift, String path) {
        boolean one = shift.stages().size() == 1
                && shift.stages().getFirst().target().equals(Weight.ALL)
                && shift.stages().getFirst().soak().isZero();
        if (!one) {
            stages(path + ".stages", "a flip has one stage, 100% without a soak");
        }
    }

    private void stage(Action.Shift shift, int index, Weight before, String path) {
        ShiftStage stage = shift.stages().get(index);
        if (stage.target().compareTo(before) <= 0) {
            stages(path, "the stage " + stage.target() + " does not rise above " + before);
        }
        if (stage.soak().isZero()) {
            stages(path, "the stage " + stage.target() + " has no soak in which it could be judged");
        } else {
            List<Entrance> moved = plan.entrances().stream()
                    .filter(entrance -> shift.entrances().contains(entrance.name()))
                    .toList();
            requests(expected(moved), stage.target(), stage.soak(), path);
        }
    }

    private void stages(String path, String message) {
        faults.add(new Fault(
                Rule.STAGES, path, message, "stages rise to 100%, such as [ 10% for 10m, 50% for 10m, 100% for 10m ]"));
    }

    private static double expected(List<Entrance> entrances) {
        return entrances.stream().mapToDouble(Entrance::expectPerSecond).sum();
    }

    private void requests(double perSecond, Weight share, Duration soak, String path) {
        double reached = perSecond * share.fraction() * soak.toMillis() / 1000;
        long needed = plan.judgement().minRequests();
        if (reached < needed) {
            faults.add(new Fault(
                    Rule.REQUESTS_REACHED,
                    path,
                    "about " + (long) reached + " requests are expected here, and a stage needs " + needed,
                    "soak longer, or lower judgement.default.min-requests"));
        }
    }
}
