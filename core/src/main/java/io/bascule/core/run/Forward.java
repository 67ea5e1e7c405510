package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.ShiftStage;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Step;
import io.bascule.core.plan.TrafficSplit;
import io.bascule.core.plan.Weight;
import io.bascule.core.plan.Writer;
import io.bascule.core.port.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compiles the steps of a plan to acts, the plan's way. One use per plan; pure. */
final class Forward {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final CutoverPlan plan;

    Forward(CutoverPlan plan) {
        this.plan = plan;
    }

    Act survey(String phase, boolean again) {
        Duration timeOut = Duration.ofSeconds(30);
        return new Act.Ask(phase + "/survey", phase, new Question.Survey(again), Duration.ZERO, timeOut);
    }

    Act claims(String phase) {
        return new Act.Ask(Program.CLAIM, phase, new Question.TakeClaims(), Duration.ZERO, Duration.ofSeconds(10));
    }

    Act unclaim() {
        Duration patience = Duration.ofMinutes(1);
        return new Act.Ask("end/claims", "end", new Question.ReleaseClaims(), patience, Duration.ofSeconds(10));
    }

    List<Act> acts(Step step) {
        return switch (step.action()) {
            case Action.Check check ->
                List.of(patient(step, "page", new Question.Page(check.sides(), check.path(), check.expectStatus())));
            case Action.Probe probe when probe.carries() -> ask(step, "carried", new Question.Holds(probe.means()));
            case Action.Probe probe -> List.of(patient(step, "holds", new Question.Holds(probe.means())));
            case Action.SwitchOver _ ->
                List.of(alter(step, "switch", Resource.switchOver(step.id()), "switched", "yes"));
            case Action.Backup backup ->
                ask(step, "restored", new Question.RestoredBackup(backup.dataset(), backup.restoreInto()));
            case Action.PrepareDns dns -> prepareDns(step, dns);
            case Action.Load load ->
                ask(
                        step,
                        "load",
                        new Question.UnderLoad(load.sides(), load.ratePerSecond(), load.lasts(), load.objectives()));
            case Action.Replay replay ->
                ask(step, "answers", new Question.AnswersAlike(replay.means(), replay.lasts()));
            case Action.Judge judge -> judge(step, judge);
            case Action.Freeze _ -> freeze(step);
            case Action.Sync sync -> sync(step, sync.dataset());
            case Action.CompareData compare -> ask(step, "equal", new Question.DataEqual(compare.dataset()));
            case Action.ReverseOn on -> List.of(alter(step, "on", Resource.reverse(on.dataset()), "reverse", "on"));
            case Action.ReverseOff off ->
                List.of(alter(step, "off", Resource.reverse(off.dataset()), "reverse", "off"));
            case Action.Configure configure -> configure(step, configure);
            case Action.Release release -> release(step, release);
            case Action.Shift shift -> shift(step, shift);
            case Action.Bake bake -> List.of(soak(step, "watch", bake.lasts(), usersAt(step)));
            case Action.Script script -> script(step, script);
            case Action.Capacity capacity ->
                last(step, "set", Resource.capacity(capacity.side()), "amount", "" + capacity.amount());
            case Action.Decommission _ -> last(step, "remove", Resource.existence(Side.SOURCE), "exists", "no");
        };
    }

    /** In DECOMMISSION the source is touched only while the run that left it behind counts as completed. */
    private List<Act> last(Step step, String what, Resource resource, String field, String value) {
        if (step.phase().kind() != PhaseKind.DECOMMISSION) {
            return List.of(alter(step, what, resource, field, value));
        }
        String followed = step.id() + "/followed";
        Question question = new Question.Completed(plan.follows().orElseThrow());
        return List.of(
                new Act.Ask(followed, step.id(), question, PATIENCE, step.timeOut()),
                alter(step, what, resource, new TreeMap<>(Map.of(field, value)), false, followed));
    }

    private List<Act> judge(Step step, Action.Judge judge) {
        if (judge.recordFor().isPresent()) {
            return ask(
                    step,
                    "baseline",
                    new Question.BaselineOver(judge.recordFor().get()));
        }
        return ask(step, "objectives", new Question.ObjectivesHeld(judge.objectives(), judge.againstBaseline()));
    }

    private List<Act> prepareDns(Step step, Action.PrepareDns dns) {
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("ttl", "" + dns.timeToLive().toSeconds());
        fields.put("form", "weighted");
        Act lower = alter(step, "ttl " + dns.entrance(), Resource.dns(dns.entrance()), fields, false, "");
        if (step.phase().kind() != PhaseKind.PREPARE) {
            return List.of(lower); // after the cutover it is raised again, and nobody need wait for that
        }
        return List.of(lower, patient(step, "old ttl " + dns.entrance(), new Question.OldTtlOver(dns.entrance())));
    }

    /** Entrances first, so that writes are parked and not refused; then jobs, then the databases, then the proofs. */
    private List<Act> freeze(Step step) {
        List<Act> acts = new ArrayList<>();
        for (Entrance entrance : plan.entrances()) {
            if (!entrance.writes().isEmpty()) {
                String how = entrance.freeze() == Entrance.FreezeMode.HOLD ? "hold" : "reject";
                acts.add(leased(step, how + " " + entrance.name(), Resource.writes(entrance.name()), "writes", how));
                acts.add(patient(step, "drain " + entrance.name(), new Question.WritesDrained(entrance.name())));
            }
        }
        for (Writer writer : plan.writers()) {
            if (writer.isSingleton()) {
                Resource job = Resource.singleton(writer.name());
                acts.add(leased(step, "pause " + writer.name(), job, "source", "paused", "target", "paused"));
            }
        }
        plan.movedDatasets()
                .forEach(dataset -> acts.add(leased(
                        step,
                        "fence " + dataset.name(),
                        Resource.fence(dataset.name(), Side.SOURCE),
                        "fence",
                        "leased")));
        plan.movedDatasets()
                .forEach(dataset -> acts.addAll(
                        ask(step, "fenced " + dataset.name(), new Question.Fenced(dataset.name(), Side.SOURCE))));
        for (Writer writer : plan.writers()) {
            for (Side side : sidesOnSource()) {
                String what = "refused " + writer.name() + " at " + side.word();
                acts.add(patient(step, what, new Question.WriterRefused(writer.name(), side)));
            }
        }
        return acts;
    }

    /** The sides whose application uses the source's database before the freeze. */
    private List<Side> sidesOnSource() {
        return plan.shape() == Shape.WEB_FIRST ? List.of(Side.SOURCE, Side.TARGET) : List.of(Side.SOURCE);
    }

    /** A copy made before a freeze that ran out is no copy: it is made anew. The first time there is none to clear. */
    private List<Act> sync(Step step, String dataset) {
        List<Act> acts = new ArrayList<>();
        boolean reverses = plan.steps()
                .anyMatch(each -> each.action() instanceof Action.ReverseOn on
                        && on.dataset().equals(dataset));
        if (reverses) {
            acts.add(alter(step, "disarm " + dataset, Resource.reverse(dataset), "reverse", "off"));
        }
        acts.add(alter(step, "clear " + dataset, Resource.copy(dataset), "copy", "none"));
        acts.add(alter(step, "copy " + dataset, Resource.copy(dataset), "copy", "done"));
        acts.add(patient(step, "drained " + dataset, new Question.Drained(dataset, Side.SOURCE)));
        return acts;
    }

    private List<Act> configure(Step step, Action.Configure configure) {
        List<Act> acts = new ArrayList<>();
        Resource resource = Resource.configuration(configure.name());
        boolean frozen = insideFreeze(step);
        acts.add(alter(step, "set " + configure.name(), resource, configure.set(), frozen, ""));
        configure
                .connects()
                .ifPresent(c -> acts.add(patient(
                        step,
                        "connected " + configure.name(),
                        new Question.Connected(configure.side(), c.dataset(), c.store()))));
        return acts;
    }

    /**
     * Closing the source's database comes first, and once more nothing may be on it that the target has not; then what
     * else was leased is kept, so that nothing falls back any more; only then is the target's database opened.
     */
    private List<Act> release(Step step, Action.Release release) {
        List<Act> acts = new ArrayList<>();
        for (Dataset dataset : plan.movedDatasets().toList()) {
            Resource source = Resource.fence(dataset.name(), Side.SOURCE);
            acts.add(alter(step, "close " + dataset.name() + " at source", source, "fence", "closed"));
        }
        for (Dataset dataset : plan.movedDatasets().toList()) {
            String what = "drained " + dataset.name();
            acts.add(patient(step, what, new Question.Drained(dataset.name(), Side.SOURCE)));
        }
        frozenConfigurations(step)
                .forEach(c -> acts.add(
                        alter(step, "keep " + c.name(), Resource.configuration(c.name()), c.set(), false, "")));
        for (Action.Configure configure : frozenConfigurations(step)) {
            configure.connects().ifPresent(c -> {
                Question uses = new Question.Uses(configure.side(), c.dataset(), c.store());
                acts.add(patient(step, "uses " + configure.name(), uses));
            });
        }
        if (plan.shape() == Shape.FLIP) {
            for (Entrance entrance : plan.entrances()) {
                String ready = step.id() + "/ready " + entrance.name();
                Question question = new Question.Ready(entrance.name(), Side.TARGET, true);
                acts.add(new Act.Ask(ready, step.id(), question, PATIENCE, step.timeOut()));
                acts.add(weights(step, "keep " + entrance.name(), entrance, TrafficSplit.ALL_TARGET, false, ready));
            }
        }
        for (Dataset dataset : plan.movedDatasets().toList()) {
            Resource target = Resource.fence(dataset.name(), Side.TARGET);
            acts.add(alter(step, "open " + dataset.name() + " at target", target, "fence", "open"));
        }
        for (Entrance entrance : writingEntrances()) {
            acts.add(alter(step, "let " + entrance.name(), Resource.writes(entrance.name()), "writes", "open"));
        }
        plan.writers().forEach(writer -> {
            if (writer.kind() instanceof Writer.Singleton singleton) {
                acts.add(alter(
                        step,
                        "run " + writer.name(),
                        Resource.singleton(writer.name()),
                        running(singleton),
                        false,
                        ""));
            }
        });
        for (Entrance entrance : writingEntrances()) {
            acts.add(patient(step, "unparked " + entrance.name(), new Question.ParkedDrained(entrance.name())));
        }
        acts.add(soak(step, "watch", release.soak(), usersAt(step)));
        return acts;
    }

    private List<Entrance> writingEntrances() {
        return plan.entrances().stream().filter(e -> !e.writes().isEmpty()).toList();
    }

    private static SortedMap<String, String> running(Writer.Singleton singleton) {
        boolean target = singleton.movesAtRelease();
        return new TreeMap<>(Map.of("source", target ? "paused" : "running", "target", target ? "running" : "paused"));
    }

    /** What was configured under the lease that this release ends. */
    private List<Action.Configure> frozenConfigurations(Step release) {
        return plan.steps()
                .filter(step -> insideFreeze(step) && before(step, release))
                .filter(step -> step.action() instanceof Action.Configure)
                .map(step -> (Action.Configure) step.action())
                .toList();
    }

    private List<Act> shift(Step step, Action.Shift shift) {
        List<Act> acts = new ArrayList<>();
        boolean frozen = insideFreeze(step);
        for (String name : shift.entrances()) {
            if (plan.entrance(name).attaches()) {
                acts.add(weights(
                        step, "attach " + name, plan.entrance(name), TrafficSplit.toTarget(Weight.ZERO), frozen, ""));
            }
        }
        for (ShiftStage stage : shift.stages()) {
            TrafficSplit split = TrafficSplit.toTarget(stage.target());
            for (String name : shift.entrances()) {
                Entrance entrance = plan.entrance(name);
                String ready = step.id() + "/ready " + name + " " + stage.word();
                Question question = new Question.Ready(name, Side.TARGET, frozen);
                acts.add(new Act.Ask(ready, step.id(), question, PATIENCE, step.timeOut()));
                acts.add(weights(step, name + " " + stage.word(), entrance, split, frozen, ready));
            }
            if (!frozen) {
                Map<String, TrafficSplit> users = usersAt(step);
                shift.entrances().forEach(name -> users.put(name, split));
                acts.add(soak(step, "watch " + stage.word(), stage.soak(), users));
            }
        }
        return acts;
    }

    private Act.Alter weights(
            Step step, String what, Entrance entrance, TrafficSplit split, boolean leased, String needs) {
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("source", "" + split.source().basisPoints());
        fields.put("target", "" + split.target().basisPoints());
        return alter(step, what, Resource.traffic(entrance.name()), fields, leased, needs);
    }

    private List<Act> script(Step step, Action.Script script) {
        if (!script.hasEffect()) {
            return ask(step, "run", new Question.ScriptPasses(script.run()));
        }
        return List.of(alter(step, "run", Resource.script(step.id()), "state", "done"));
    }

    private static Act.Soak soak(Step step, String what, Duration lasts, Map<String, TrafficSplit> users) {
        return new Act.Soak(step.id() + "/" + what, step.id(), SoakSpec.of(lasts, users));
    }

    /** Where each entrance's users are when a step begins: at the last stage that it was shifted to before. */
    private Map<String, TrafficSplit> usersAt(Step step) {
        Map<String, TrafficSplit> users = new TreeMap<>();
        plan.entrances().forEach(entrance -> users.put(entrance.name(), TrafficSplit.ALL_SOURCE));
        for (Step earlier : plan.steps().toList()) {
            if (earlier.id().equals(step.id())) {
                return users;
            }
            if (earlier.action() instanceof Action.Shift shift) {
                TrafficSplit last =
                        TrafficSplit.toTarget(shift.stages().getLast().target());
                shift.entrances().forEach(name -> users.put(name, last));
            }
        }
        return users;
    }

    /** Between a freeze and the release that ends it. */
    private boolean insideFreeze(Step step) {
        boolean inside = false;
        for (Step each : plan.steps().toList()) {
            inside = (inside || each.action() instanceof Action.Freeze)
                    && each.phase().kind() != PhaseKind.RELEASE;
            if (each.id().equals(step.id())) {
                return inside;
            }
        }
        return false;
    }

    private boolean before(Step a, Step b) {
        List<String> order = plan.steps().map(Step::id).toList();
        return order.indexOf(a.id()) < order.indexOf(b.id());
    }

    private static Act.Alter alter(Step step, String what, Resource resource, String field, String value) {
        return alter(step, what, resource, new TreeMap<>(Map.of(field, value)), false, "");
    }

    private static Act.Alter leased(Step step, String what, Resource resource, String... fields) {
        TreeMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put(fields[i], fields[i + 1]);
        }
        return alter(step, what, resource, map, true, "");
    }

    private static Act.Alter alter(
            Step step, String what, Resource resource, SortedMap<String, String> fields, boolean leased, String needs) {
        return new Act.Alter(step.id() + "/" + what, step.id(), resource, fields, leased, needs, step.timeOut());
    }

    private static List<Act> ask(Step step, String what, Question question) {
        return List.of(new Act.Ask(step.id() + "/" + what, step.id(), question, Duration.ZERO, step.timeOut()));
    }

    private static Act patient(Step step, String what, Question question) {
        return new Act.Ask(step.id() + "/" + what, step.id(), question, PATIENCE, step.timeOut());
    }
}
