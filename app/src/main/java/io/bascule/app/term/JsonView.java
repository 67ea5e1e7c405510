package io.bascule.app.term;

import io.bascule.core.json.Json;
import io.bascule.core.json.RecordJson;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.TrafficSplit;
import io.bascule.core.run.Act;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON lines for programs: the lines of the command line's contract, and every event as it stands in the journal. */
public final class JsonView implements RunView {
    private final CutoverPlan plan;
    private final Program program;
    private final RunId run;
    private final PrintStream out;

    public JsonView(CutoverPlan plan, RunId run, PrintStream out) {
        this.plan = plan;
        this.program = Program.of(plan);
        this.run = run;
        this.out = out;
    }

    @Override
    public void entry(Entry entry) {
        line(Json.object(
                "type", "run.event",
                "run", run.text(),
                "seq", entry.seq(),
                "at", entry.at(),
                "event", entry.event().getClass().getSimpleName(),
                "body", RecordJson.toMap((java.lang.Record) entry.event())));
        switch (entry.event()) {
            case RunEvent.RunStarted e ->
                line(Json.object(
                        "type", "run.started", "run", run.text(), "plan", plan.name(), "planHash", e.planHash()));
            case RunEvent.Judged e when !e.act().isEmpty() -> judged(e);
            default -> {}
        }
    }

    /** One entrance of a window; the requests are the whole window's. */
    private void stage(RunEvent.Judged e, Act act, String entrance, TrafficSplit split) {
        long requests =
                e.requests().values().stream().mapToLong(Long::longValue).sum();
        line(Json.object(
                "type",
                "run.stage",
                "run",
                run.text(),
                "step",
                act.step(),
                "entrance",
                entrance,
                "intended",
                split.target().fraction(),
                "observed",
                e.targetShares().get(entrance),
                "requests",
                requests));
    }

    private void judged(RunEvent.Judged e) {
        Act act = program.act(e.act()).orElseThrow();
        if (act instanceof Act.Soak soak) {
            soak.spec().intended().forEach((entrance, split) -> stage(e, act, entrance, split));
        }
        for (String metric : plan.metrics().stream().map(m -> m.name()).toList()) {
            line(Json.object(
                    "type", "run.verdict",
                    "run", run.text(),
                    "step", act.step(),
                    "metric", metric,
                    "verdict", e.verdict(),
                    "reason", e.reason()));
        }
    }

    /** The last line of a run; what was not measured is null. */
    public void ended(Map<String, @Nullable Object> line) {
        line(line);
    }

    private void line(Map<String, @Nullable Object> object) {
        out.println(Json.write(object));
        out.flush();
    }

    @Override
    public void moment() {}

    @Override
    public void end() {
        out.flush();
    }
}
