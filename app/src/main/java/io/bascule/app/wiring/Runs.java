package io.bascule.app.wiring;

import io.bascule.app.UserMistake;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import io.bascule.engine.Creation;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.NewRun;
import io.bascule.planfile.Decoded;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Creates runs in a store. */
public final class Runs {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Runs() {}

    /** A name for a run that begins now. */
    public static RunId fresh(String name) {
        return new RunId(name.substring(0, Math.min(40, name.length())) + "-" + TIME.format(Instant.now()));
    }

    /** @throws UserMistake when a run of the plan is not over, or the name is taken */
    public static RunId create(
            JdbcStore store, RunId run, Decoded.Good good, String who, String principal, String mode) {
        CutoverPlan plan = good.plan();
        String body = StoredPlan.body(good);
        String evidence = evidence(body);
        RunEvent.RunStarted started = new RunEvent.RunStarted(
                plan.name(), plan.hash().hex(), who, principal, evidence, plan.title() + ": the run begins");
        return switch (store.create(new NewRun(run, body, mode, Instant.now(), started))) {
            case Creation.Created created -> created.run();
            case Creation.Unfinished unfinished ->
                throw new UserMistake("a run of this plan is not over: 'bascule run --run-id " + unfinished.other()
                        + "' goes on with it, 'bascule abort " + unfinished.other() + "' ends it");
            case Creation.Taken taken -> throw new UserMistake("there is a run " + taken.run() + " already");
        };
    }

    /** Every way in is opened once, so that what is missing here is told before there is a run. */
    private static String evidence(String body) {
        StoredPlan stored = StoredPlan.read(body);
        try (PlanAdapters adapters = new PlanAdapters(stored)) {
            stored.plan().entrances().forEach(entrance -> adapters.router(entrance.name()));
            return adapters.evidence().name();
        }
    }
}
