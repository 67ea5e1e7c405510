package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Step;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan would do, act by act, on what is there now: each resource from its present state through every state the
 * plan gives it, how each change is undone and what that requires. Only reads.
 */
public record Preview(List<Row> rows) {
    private static final Duration CALL = Duration.ofSeconds(3);

    /**
     * One act. Texts are empty where there is nothing to say.
     *
     * @param pointOfNoReturn whether the way back is given up with this act
     */
    public record Row(
            String step,
            String act,
            String what,
            String resource,
            String before,
            String after,
            String undo,
            String requires,
            String planned,
            boolean pointOfNoReturn) {}

    public static Preview of(CutoverPlan plan, Adapters adapters, Instant now) {
        Map<Resource, Image> images = new HashMap<>();
        Map<Resource, String> blind = new HashMap<>();
        Program program = Program.of(plan);
        for (Resource resource : program.resources()) {
            Reading reading = Reach.actuator(plan, adapters, resource).observe(Deadline.after(now, CALL));
            switch (reading) {
                case Reading.Seen seen -> images.put(resource, seen.image());
                case Reading.Unseen unseen -> blind.put(resource, "unseen (" + unseen.why() + ")");
            }
        }
        Map<Resource, String> first = new HashMap<>();
        Map<Resource, String> latest = new HashMap<>();
        program.resources().forEach(resource -> {
            String text =
                    images.containsKey(resource) ? images.get(resource).brief() : blind.getOrDefault(resource, "");
            first.put(resource, text);
            latest.put(resource, text);
        });
        List<Row> rows = new ArrayList<>();
        for (Act act : program.acts()) {
            rows.add(row(plan, act, first, latest));
        }
        return new Preview(rows);
    }

    private static Row row(CutoverPlan plan, Act act, Map<Resource, String> first, Map<Resource, String> latest) {
        String planned = plan.step(act.step())
                .map(Step::planned)
                .map(d -> d.toMillis() + " ms")
                .orElse("");
        boolean gate = act instanceof Act.Await await
                && (await.step().equals("commit")
                        || (plan.shape() == Shape.DECOMMISSION && await.step().equals("go")));
        if (act instanceof Act.Alter alter) {
            Resource resource = alter.resource();
            String after = new Image(alter.fields(), new java.util.TreeMap<>()).brief()
                    + (alter.leased() ? " until the freeze's deadline" : "");
            String before = latest.getOrDefault(resource, "");
            latest.put(resource, after);
            String undo = isIrreversible(plan, act, resource, after)
                    ? "none: irreversible"
                    : "back to " + first.getOrDefault(resource, "what is recorded");
            return new Row(
                    act.step(),
                    act.id(),
                    "",
                    resource.toString(),
                    before,
                    after,
                    undo,
                    requires(resource),
                    planned,
                    gate);
        }
        return new Row(act.step(), act.id(), what(act), "", "", "", "", "", planned, gate);
    }

    private static boolean isIrreversible(CutoverPlan plan, Act act, Resource resource, String after) {
        boolean oneWay = plan.step(act.step())
                .filter(step -> step.action() instanceof Action.SwitchOver over && !over.reversible())
                .isPresent();
        return oneWay || resource.kind() == Resource.Kind.EXISTENCE || after.equals("reverse=off");
    }

    private static String requires(Resource resource) {
        return switch (resource.kind()) {
            case TRAFFIC -> "the source healthy, on the writable database";
            case FENCE, COPY, REVERSE -> "no user on the target; its writes carried home, both stores equal";
            case CONFIGURATION -> "no user on the target; parity where data moved";
            case WRITES, SINGLETON -> "a writable database that the source is on";
            case DNS -> "everything else restored, and a soak passed";
            case CAPACITY, SWITCH, SCRIPT -> "";
            case EXISTENCE -> "nothing brings it back";
        };
    }

    private static String what(Act act) {
        return switch (act) {
            case Act.Ask ask -> "asks " + ask.question().words();
            case Act.Soak soak ->
                "watches " + soak.spec().lasts().toSeconds() + " s, "
                        + soak.spec().target() + " on the target";
            case Act.Await await ->
                "waits for " + await.gate().need() + " of "
                        + String.join(", ", await.gate().ask());
            case Act.Alter alter -> alter.resource().toString();
        };
    }
}
