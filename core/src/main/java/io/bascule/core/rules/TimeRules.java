package io.bascule.core.rules;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.Step;
import java.time.Duration;
import java.util.List;

/** The plan's times fit into the freeze and into the window. */
final class TimeRules {
    private TimeRules() {}

    static void check(CutoverPlan plan, List<Fault> faults) {
        PlannedTimes times = PlannedTimes.of(plan);
        for (Phase phase : plan.phases()) {
            for (int i = 0; i < phase.steps().size(); i++) {
                if (phase.steps().get(i).action() instanceof Action.Freeze freeze) {
                    freeze(plan, freeze, times.freeze(), PlanRules.path(phase, i), faults);
                }
            }
        }
        window(plan, times, faults);
    }

    private static void freeze(
            CutoverPlan plan, Action.Freeze freeze, Duration planned, String path, List<Fault> faults) {
        Duration release = plan.steps()
                .filter(step -> step.action() instanceof Action.Release)
                .map(Step::timeOut)
                .findFirst()
                .orElse(Duration.ZERO);
        if (planned.plus(release).compareTo(freeze.atMost()) > 0) {
            faults.add(new Fault(
                    Rule.FREEZE_TIME,
                    path + ".at-most",
                    "the steps inside the freeze are planned with " + text(planned) + ", RELEASE may not begin with"
                            + " less than its time-out left, " + text(release) + ", and the lease ends after "
                            + text(freeze.atMost()),
                    "raise 'at-most', or lower the steps' 'planned' or RELEASE's 'time-out'"));
        } else if (planned.compareTo(freeze.expected()) > 0) {
            faults.add(new Fault(
                    Rule.FREEZE_TIME,
                    path + ".expected",
                    "the steps inside the freeze are planned with " + text(planned) + ", announced are "
                            + text(freeze.expected()),
                    "raise 'expected' to at least " + text(planned)));
        }
        if (freeze.expected().compareTo(freeze.atMost()) > 0) {
            faults.add(new Fault(
                    Rule.FREEZE_TIME,
                    path + ".expected",
                    "'expected' is " + text(freeze.expected()) + ", longer than 'at-most', " + text(freeze.atMost()),
                    "raise 'at-most'"));
        }
    }

    private static void window(CutoverPlan plan, PlannedTimes times, List<Fault> faults) {
        boolean fixed = plan.window().opens().isPresent();
        Duration forward = fixed ? times.fromGo() : times.all();
        Duration needed = forward.plus(times.rollBack()).plus(plan.window().margin());
        if (needed.compareTo(plan.window().lasts()) > 0) {
            faults.add(new Fault(
                    Rule.WINDOW_TIME,
                    "window.lasts",
                    "the window lasts " + text(plan.window().lasts()) + "; the plan" + (fixed ? " from GO on" : "")
                            + " needs " + text(forward) + ", its roll-back " + text(times.rollBack()) + ", the margin "
                            + text(plan.window().margin()) + ": " + text(needed),
                    "make it last " + text(needed) + " or longer"));
        }
    }

    /** {@code 1h30m}, {@code 4s500ms}: the form that plans have. */
    static String text(Duration duration) {
        StringBuilder out = new StringBuilder();
        part(out, duration.toDays(), "d");
        part(out, duration.toHoursPart(), "h");
        part(out, duration.toMinutesPart(), "m");
        part(out, duration.toSecondsPart(), "s");
        part(out, duration.toMillisPart(), "ms");
        return out.isEmpty() ? "0s" : out.toString();
    }

    private static void part(StringBuilder out, long amount, String unit) {
        if (amount > 0) {
            out.append(amount).append(unit);
        }
    }
}
