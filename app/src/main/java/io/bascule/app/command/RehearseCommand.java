package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.term.Narrator;
import io.bascule.core.json.Json;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.RunStatus;
import io.bascule.core.sim.Rehearsal;
import io.bascule.core.sim.Result;
import io.bascule.planfile.Decoded;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rehearse",
        description =
                "Carries the plan out in a simulated world; with --fail-at, also the failures. Figures are SIMULATED.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
    private static final String EVERY = "every-step";

    @Mixin
    Common common = new Common();

    @Mixin
    PlanFiles files = new PlanFiles();

    @Option(
            names = "--fail-at",
            paramLabel = "STEP|every-step",
            description = "What fails for good: the acts of a step, or of every step in turn.")
    @Nullable
    String failAt;

    @Option(names = "--seed", paramLabel = "N", description = "Of the simulated world (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Override
    public Integer call() {
        Decoded.Good good = files.need(common);
        if (common.json()) {
            common.jsonVersion();
        }
        return failAt == null ? once(good.plan()) : failing(good.plan(), failAt);
    }

    private int once(CutoverPlan plan) {
        Result result = Rehearsal.rehearse(plan, seed);
        if (!common.json()) {
            Narrator narrator = new Narrator(common.paint());
            result.entries().forEach(entry -> narrator.line(entry).ifPresent(common::say));
        }
        tell(new Rehearsal.Line(
                "",
                result.status(),
                result.state().reason(),
                result.unchanged(),
                result.rollback(),
                result.lasted(),
                result.violation()));
        return result.violation().isPresent() ? ExitCode.ERROR : ExitCode.of(result.status());
    }

    private int failing(CutoverPlan plan, String where) {
        if (!where.equals(EVERY) && plan.step(where).isEmpty()) {
            throw new UserMistake("the plan has no step '" + where + "'; its steps are "
                    + String.join(", ", plan.steps().map(step -> step.id()).toList()) + ", or every-step");
        }
        List<Rehearsal.Line> lines = Rehearsal.rehearseEveryStep(plan, seed).stream()
                .filter(line -> where.equals(EVERY) || line.act().startsWith(where + "/"))
                .toList();
        lines.forEach(this::tell);
        long bad = lines.stream().filter(line -> !line.good()).count();
        if (!common.json()) {
            common.say(
                    bad == 0
                            ? common.paint().ok("every failure ended as the contract allows") + ", " + lines.size()
                                    + " rehearsed, SIMULATED, seed " + seed
                            : common.paint().bad(bad + " of " + lines.size() + " failures ended badly") + ", seed "
                                    + seed);
        }
        return bad == 0 ? ExitCode.DONE : ExitCode.ERROR;
    }

    private void tell(Rehearsal.Line line) {
        if (common.json()) {
            common.json(Json.object(
                    "type", "rehearsal",
                    "failedAt", line.act().isEmpty() ? null : line.act(),
                    "state", line.status(),
                    "restored", line.restored(),
                    "rollbackMillis", line.rollback().map(Duration::toMillis).orElse(null),
                    "lastedMillis", line.lasted().toMillis(),
                    "violation", line.violation().orElse(null),
                    "evidence", "SIMULATED",
                    "seed", seed));
            return;
        }
        String what = line.act().isEmpty() ? "as planned" : line.act();
        boolean back = line.status() == RunStatus.ROLLED_BACK || line.status() == RunStatus.ABORTED_UNCHANGED;
        String restored = !back ? "" : line.restored() ? "everything as it was" : "NOT as it was";
        String sign = line.good() ? common.paint().ok("✓") : common.paint().bad("✗");
        common.say(String.format(
                Locale.ROOT, "%s %-44s %-26s %9s  %s", sign, what, line.status(), time(line.rollback()), restored));
        line.violation().ifPresent(violation -> common.say("    " + violation));
    }

    private static String time(Optional<Duration> rollback) {
        return rollback.map(d -> String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0))
                .orElse("");
    }
}
