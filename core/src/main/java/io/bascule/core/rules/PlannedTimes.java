package io.bascule.core.rules;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.ShiftStage;
import io.bascule.core.plan.Step;
import java.time.Duration;
import java.util.stream.Stream;

/** What a plan's own figures add up to. They are planned, not measured: a rehearsal's or a drill's replace them. */
public record PlannedTimes(Duration all, Duration fromGo, Duration freeze, Duration rollBack) {

    /**
     * The sums of a plan: all steps; those from GO on; those from the fence to the moment at which RELEASE lets writes
     * go; and undoing every step that has an undo.
     */
    public static PlannedTimes of(CutoverPlan plan) {
        return new PlannedTimes(
                sum(plan.steps().map(Step::planned)),
                sum(plan.steps()
                        .filter(step -> step.phase().kind().compareTo(PhaseKind.GO) > 0)
                        .map(Step::planned)),
                sum(Sequences.insideFreeze(plan).map(PlannedTimes::working)),
                sum(plan.steps().filter(PlannedTimes::hasUndo).map(PlannedTimes::working)));
    }

    /** The planned time without watching: a release's or shift's soaks do not count. */
    static Duration working(Step step) {
        Duration watching = switch (step.action()) {
            case Action.Release release -> release.soak();
            case Action.Shift shift -> sum(shift.stages().stream().map(ShiftStage::soak));
            case Action.Bake bake -> bake.lasts();
            case Action.Check _,
                    Action.Probe _,
                    Action.SwitchOver _,
                    Action.Backup _,
                    Action.PrepareDns _,
                    Action.Load _,
                    Action.Replay _,
                    Action.Judge _,
                    Action.Freeze _,
                    Action.Sync _,
                    Action.CompareData _,
                    Action.ReverseOn _,
                    Action.ReverseOff _,
                    Action.Configure _,
                    Action.Script _,
                    Action.Capacity _,
                    Action.Decommission _ -> Duration.ZERO;
        };
        Duration working = step.planned().minus(watching);
        return working.isNegative() ? Duration.ZERO : working;
    }

    private static boolean hasUndo(Step step) {
        return switch (step.action()) {
            case Action.PrepareDns _,
                    Action.Freeze _,
                    Action.Sync _,
                    Action.CompareData _,
                    Action.ReverseOn _,
                    Action.Configure _,
                    Action.Release _,
                    Action.Shift _ -> true;
            case Action.SwitchOver over -> over.reversible();
            case Action.Script script -> script.undo().isPresent();
            case Action.Check _,
                    Action.Probe _,
                    Action.Backup _,
                    Action.Load _,
                    Action.Replay _,
                    Action.Judge _,
                    Action.Bake _,
                    Action.ReverseOff _,
                    Action.Capacity _,
                    Action.Decommission _ -> false;
        };
    }

    private static Duration sum(Stream<Duration> durations) {
        return durations.reduce(Duration.ZERO, Duration::plus);
    }
}
