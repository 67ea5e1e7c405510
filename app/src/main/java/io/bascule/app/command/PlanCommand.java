package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.wiring.PlanAdapters;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.core.json.Json;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.run.Preview;
import io.bascule.planfile.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        description = "Tells what a plan would do, act by act, and how each is undone; changes nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    /** As long as the survey of a run has. */
    private static final Duration DETECTING = Duration.ofSeconds(30);

    @Mixin
    Common common = new Common();

    @Mixin
    PlanFiles files = new PlanFiles();

    @Override
    public Integer call() {
        Decoded.Good good = files.need(common);
        StoredPlan stored = StoredPlan.read(StoredPlan.body(good));
        Preview preview;
        List<Detection> found;
        try (PlanAdapters adapters = new PlanAdapters(stored)) {
            preview = Preview.of(good.plan(), adapters, Instant.now());
            found = adapters.detect(Deadline.after(Instant.now(), DETECTING));
        }
        if (common.json()) {
            common.jsonVersion();
            preview.rows().forEach(row -> common.json(json(row)));
            found.forEach(each -> common.json(json(each)));
            return ExitCode.DONE;
        }
        common.say(common.paint().bold(good.plan().title()) + "  plan "
                + good.plan().hash().brief());
        String step = "";
        for (Preview.Row row : preview.rows()) {
            if (!row.step().equals(step)) {
                step = row.step();
                common.say("");
                common.say(common.paint().bold(step) + (row.planned().isEmpty() ? "" : "  planned " + row.planned()));
            }
            print(row);
        }
        print(found);
        return ExitCode.DONE;
    }

    private void print(List<Detection> found) {
        if (found.isEmpty()) {
            return;
        }
        common.say("");
        common.say(common.paint().bold("looked for before GO"));
        for (Detection each : found) {
            String line = "  " + each.name() + "  " + each.words();
            common.say(each.failed() ? common.paint().bad(line) : line);
        }
    }

    private static Object json(Detection each) {
        return Json.object(
                "type", "plan.detection",
                "name", each.name(),
                "verdict", each.finding().verdict().word(),
                "reason", each.finding().verdict().reason(),
                "facts", new TreeMap<String, Object>(each.finding().facts()));
    }

    private void print(Preview.Row row) {
        if (row.pointOfNoReturn()) {
            common.say(common.paint().bad("  ══ the point of no return ══"));
        }
        common.say("  " + row.act() + (row.resource().isEmpty() ? ": " + row.what() : ""));
        if (!row.resource().isEmpty()) {
            common.say("      " + row.resource() + "  " + row.before() + " → " + row.after());
            common.say(common.paint()
                    .dim("      undo: " + row.undo()
                            + (row.requires().isEmpty() ? "" : "; requires " + row.requires())));
        }
    }

    private static Object json(Preview.Row row) {
        return Json.object(
                "type", "plan.act",
                "step", row.step(),
                "act", row.act(),
                "resource", row.resource().isEmpty() ? null : row.resource(),
                "before", row.before().isEmpty() ? null : row.before(),
                "after", row.after().isEmpty() ? null : row.after(),
                "undo", row.undo().isEmpty() ? null : row.undo(),
                "requires", row.requires().isEmpty() ? null : row.requires(),
                "pointOfNoReturn", row.pointOfNoReturn());
    }
}
