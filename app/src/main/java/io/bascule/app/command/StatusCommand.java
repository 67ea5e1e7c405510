package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.core.json.Json;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.Rules;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunState;
import io.bascule.engine.Attendance;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.RunSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "How a run stands, or all of them.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run (default: all of the store).")
    @Nullable
    String run;

    @Override
    public Integer call() {
        if (run == null) {
            return list();
        }
        RunId id = common.run(run);
        try (JdbcStore store = common.openStoreOf(id)) {
            CutoverPlan plan = StoredPlan.read(store.planBody(id)).plan();
            RunState state = Fold.fold(Program.of(plan), store.journal(id));
            Optional<Attendance> attendance = state.status().terminal() ? Optional.empty() : store.attendance(id);
            if (common.json()) {
                json(id, plan, state);
            } else {
                text(id, plan, state, attendance);
            }
            return ExitCode.of(state.status());
        }
    }

    private int list() {
        try (JdbcStore store = common.openStore()) {
            List<RunSummary> runs = store.runs();
            if (common.json()) {
                common.jsonVersion();
            } else if (runs.isEmpty()) {
                common.say("no runs yet; 'bascule run PLAN' makes one"
                        + common.home()
                                .lastDemo()
                                .map(demo -> "; the last demo is " + demo)
                                .orElse(""));
            }
            for (RunSummary each : runs) {
                if (common.json()) {
                    common.json(Json.object(
                            "type",
                            "run.summary",
                            "run",
                            each.run().text(),
                            "plan",
                            each.plan(),
                            "state",
                            each.status()));
                } else {
                    common.say(String.format("%-40s %-26s %s", each.run(), each.status(), each.lastAt()));
                }
            }
        }
        return ExitCode.DONE;
    }

    private void json(RunId id, CutoverPlan plan, RunState state) {
        common.jsonVersion();
        common.json(Json.object(
                "type", "run.status",
                "run", id.text(),
                "state", state.status(),
                "reason", state.reason(),
                "wayBack", state.wayBack(),
                "wayBackWhy", state.wayBackWhy(),
                "latestSafeDecision", Rules.turnaround(plan, state),
                "entries", state.seq()));
    }

    private void text(RunId id, CutoverPlan plan, RunState state, Optional<Attendance> attendance) {
        common.say("run       " + id + ", " + plan.title());
        common.say("state     " + state.status() + ", " + state.reason());
        common.say("way back  " + state.wayBack() + ", " + state.wayBackWhy());
        if (!state.status().terminal()) {
            common.say("latest safe decision  " + Rules.turnaround(plan, state));
            boolean ticked = attendance
                    .map(a -> !a.worker().isEmpty() || a.heartbeat().isPresent())
                    .orElse(false);
            common.say(
                    ticked
                            ? "ticked by " + attendance.orElseThrow().worker()
                            : "next tick due "
                                    + attendance.map(a -> a.due().toString()).orElse("never")
                                    + "; if no 'bascule run' or worker is up, nobody is judging this traffic now: bascule run --run-id "
                                    + id);
        }
        state.resources()
                .forEach((resource, known) -> common.say("  " + resource + "  was "
                        + known.pre().brief() + ", is " + known.observed().brief()));
        state.exceptions().forEach(exception -> common.say("  exception: " + exception));
    }
}
