package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Step;
import io.bascule.core.plan.Writer;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The acts of a roll-back, by its route. Only resources with a recorded intent are touched, and each ends as it was
 * recorded before the first one. Every act's id begins with the route's word.
 */
final class Backward {
    private static final Duration CALL = Duration.ofSeconds(5);
    private static final Duration LONG_CALL = Duration.ofSeconds(60);
    private final CutoverPlan plan;
    private final RunState state;
    private final List<Act> acts = new ArrayList<>();

    Backward(CutoverPlan plan, RunState state) {
        this.plan = plan;
        this.state = state;
    }

    List<Act> acts(Route route) {
        switch (route) {
            case DISARM -> disarm();
            case HOME -> home();
            case AGAIN -> again();
        }
        return acts;
    }

    /** Some questions are asked until they are answered: giving up on them would leave users or data behind. */
    static boolean waitsForEver(Question question) {
        return question instanceof Question.Quiet || question instanceof Question.UsersOn;
    }

    /**
     * The target took no write, or none since it came home. Where nothing is writable, weights stay (but for a flip's)
     * until the source takes writes again; otherwise users go home first.
     */
    private void disarm() {
        String word = "disarm";
        boolean usersFirst = !state.routeFrozen || Homeward.flip(plan);
        if (usersFirst) {
            users(word, state.routeFrozen);
        }
        configurationsOf(Side.SOURCE).forEach((resource, _) -> restoreOne(word, resource));
        if (!usersFirst && state.routeUsersAtTarget) {
            // what names no database may be what users there need: it is restored when they have left
            configurationsOf(Side.TARGET).forEach((resource, known) -> {
                if (configure(resource).flatMap(Action.Configure::connects).isPresent()) {
                    alter(word, "stay " + resource.name(), resource, onSource(resource, known), false);
                }
            });
        }
        if (state.routeFrozen) {
            uses(word, Side.SOURCE);
        }
        restoreAll(word, Resource.Kind.REVERSE);
        restoreAll(word, Resource.Kind.COPY);
        fences(word, Side.TARGET);
        fences(word, Side.SOURCE);
        connected(word);
        restoreAll(word, Resource.Kind.SINGLETON);
        restoreAll(word, Resource.Kind.WRITES);
        if (!usersFirst) {
            users(word, false);
        }
        configurationsOf(Side.TARGET).forEach((resource, _) -> restoreOne(word, resource));
        rest(word);
        finish(word);
    }

    /**
     * The target's writes come home under a freeze of their own. Users move before it, but inside it in a flip, and
     * where the target's data is given up: then no side is on a writable database before the source is.
     */
    private void home() {
        String word = "home";
        boolean inside = Homeward.flip(plan) || state.acceptLoss;
        if (!inside) {
            users(word, false);
        }
        freeze(word);
        for (Dataset dataset : moved()) {
            ask(word, "carried " + dataset.name(), new Question.CarriedHome(dataset.name()), Duration.ofSeconds(5));
        }
        configurationsOf(Side.SOURCE).forEach((resource, _) -> leaseRestored(word, "set " + resource.name(), resource));
        connected(word);
        if (inside) {
            usersInside(word);
        }
        for (Entrance entrance : plan.entrances()) {
            String what = "ready " + entrance.name() + " in the freeze";
            ask(word, what, new Question.Ready(entrance.name(), Side.SOURCE, true), Pace.SOURCE_PATIENCE);
        }
        for (Dataset dataset : moved()) {
            Resource target = Resource.fence(dataset.name(), Side.TARGET);
            String id = word + "/close " + dataset.name() + " at target";
            acts.add(new Act.Alter(id, word, target, map("fence", "closed"), false, "", releaseTimeOut()));
        }
        configurationsOf(Side.SOURCE).forEach((resource, _) -> restoreOne(word, resource));
        restoreAll(word, Resource.Kind.TRAFFIC);
        fences(word, Side.SOURCE);
        restoreAll(word, Resource.Kind.WRITES);
        restoreAll(word, Resource.Kind.SINGLETON);
        configurationsOf(Side.TARGET).forEach((resource, _) -> restoreOne(word, resource));
        restoreAll(word, Resource.Kind.REVERSE);
        restoreAll(word, Resource.Kind.COPY);
        fences(word, Side.TARGET);
        rest(word);
        finish(word);
    }

    /** The same time is needed to end the freeze of the way home. */
    private Duration releaseTimeOut() {
        return plan.steps()
                .filter(step -> step.action() instanceof Action.Release)
                .map(Step::timeOut)
                .findFirst()
                .orElse(CALL);
    }

    private void usersInside(String word) {
        for (Entrance entrance : touched(Resource.Kind.TRAFFIC)) {
            ask(
                    word,
                    "ready " + entrance.name() + " before users move",
                    new Question.Ready(entrance.name(), Side.SOURCE, true),
                    Pace.SOURCE_PATIENCE);
            leaseRestored(word, "move " + entrance.name(), Resource.traffic(entrance.name()));
        }
        if (!touched(Resource.Kind.TRAFFIC).isEmpty()) {
            ask(word, "quiet", new Question.Quiet(Side.TARGET), Duration.ofMinutes(1));
        }
    }

    /** Back to where the target serves: everything leased on the way home returns to what it would fall back to. */
    private void again() {
        String word = "again";
        fallBack(word, Resource.Kind.CONFIGURATION);
        uses(word, Side.TARGET);
        fallBack(word, Resource.Kind.TRAFFIC);
        for (Dataset dataset : moved()) {
            Resource target = Resource.fence(dataset.name(), Side.TARGET);
            alter(word, "open " + dataset.name() + " at target", target, map("fence", "open"), false);
        }
        fallBack(word, Resource.Kind.SINGLETON);
        fallBack(word, Resource.Kind.WRITES);
    }

    /** Every side that has users says that it uses that store, before the store takes writes. */
    private void uses(String word, Side store) {
        touchedOf(Resource.Kind.CONFIGURATION)
                .keySet()
                .forEach(resource -> configure(resource)
                        .filter(c -> routeUsersAt(c.side()))
                        .ifPresent(c -> c.connects()
                                .ifPresent(to -> ask(
                                        word,
                                        "uses " + resource.name(),
                                        new Question.Uses(c.side(), to.dataset(), store),
                                        Duration.ofSeconds(5)))));
    }

    private boolean routeUsersAt(Side side) {
        return side == Side.SOURCE ? !Homeward.flip(plan) : state.routeUsersAtTarget;
    }

    /** What has returned stays in the list: a late request may still take it away again. */
    private void fallBack(String word, Resource.Kind kind) {
        touchedOf(kind).forEach((resource, known) -> {
            String what = "return " + resource.name();
            boolean returned = state.state(word + "/" + what, Direction.BACK).over();
            if (known.leased() || returned) {
                Image to = known.leased() ? known.fallback() : known.expected();
                alter(word, what, resource, to.owned(), false);
            }
        });
    }

    private void users(String word, boolean frozen) {
        List<Entrance> entrances = touched(Resource.Kind.TRAFFIC);
        for (Entrance entrance : entrances) {
            String ready = word + "/ready " + entrance.name();
            Question question = new Question.Ready(entrance.name(), Side.SOURCE, frozen);
            acts.add(new Act.Ask(ready, word, question, Pace.SOURCE_PATIENCE, CALL));
            restoreOne(word, Resource.traffic(entrance.name()));
        }
        if (!entrances.isEmpty()) {
            ask(word, "quiet", new Question.Quiet(Side.TARGET), Duration.ofMinutes(1));
        }
    }

    /** The same lease as the forward freeze, mirrored. */
    private void freeze(String word) {
        for (Entrance entrance : touched(Resource.Kind.WRITES)) {
            String how = entrance.freeze() == Entrance.FreezeMode.HOLD ? "hold" : "reject";
            Resource writes = Resource.writes(entrance.name());
            alter(word, how + " " + entrance.name(), writes, map("writes", how), true);
            Question drained = new Question.WritesDrained(entrance.name());
            ask(word, "drain " + entrance.name(), drained, Duration.ofSeconds(5));
        }
        touchedOf(Resource.Kind.SINGLETON)
                .forEach((job, _) ->
                        alter(word, "pause " + job.name(), job, map("source", "paused", "target", "paused"), true));
        for (Dataset dataset : moved()) {
            Resource fence = Resource.fence(dataset.name(), Side.TARGET);
            alter(word, "fence " + dataset.name(), fence, map("fence", "leased"), true);
            Question fenced = new Question.Fenced(dataset.name(), Side.TARGET);
            ask(word, "fenced " + dataset.name(), fenced, Duration.ofSeconds(2));
        }
        for (Writer writer : plan.writers()) {
            Question refused = new Question.WriterRefused(writer.name(), Side.TARGET);
            ask(word, "refused " + writer.name(), refused, Duration.ofSeconds(3));
        }
    }

    /**
     * The touched configurations of a side, in reverse order. The target's are restored last: until nothing runs there
     * any more, its applications and jobs are better off with a database that refuses them than with another one.
     */
    private SequencedMap<Resource, ResourceState> configurationsOf(Side side) {
        LinkedHashMap<Resource, ResourceState> of = new LinkedHashMap<>();
        touchedOf(Resource.Kind.CONFIGURATION).reversed().forEach((resource, known) -> {
            if (side(resource) == side) {
                of.put(resource, known);
            }
        });
        return of;
    }

    /** Every application of the source says that it uses the source's database. */
    private void connected(String word) {
        touchedOf(Resource.Kind.CONFIGURATION).reversed().forEach((resource, _) -> {
            if (side(resource) == Side.SOURCE) {
                configure(resource)
                        .flatMap(Action.Configure::connects)
                        .ifPresent(c -> ask(
                                word,
                                "connected " + resource.name(),
                                new Question.Connected(Side.SOURCE, c.dataset(), Side.SOURCE),
                                Duration.ofSeconds(5)));
            }
        });
    }

    /** As recorded, but on the source's database: for a side that still has users. */
    private SortedMap<String, String> onSource(Resource resource, ResourceState known) {
        TreeMap<String, String> fields = new TreeMap<>(known.pre().owned());
        configure(resource)
                .flatMap(Action.Configure::connects)
                .ifPresent(c -> plan.movedDatasets()
                        .filter(dataset -> dataset.name().equals(c.dataset()))
                        .flatMap(dataset -> dataset.moved().stream())
                        .forEach(moved -> fields.put(c.field(), moved.location(Side.SOURCE))));
        return fields;
    }

    private Optional<Action.Configure> configure(Resource resource) {
        return plan.steps()
                .map(Step::action)
                .filter(action ->
                        action instanceof Action.Configure c && c.name().equals(resource.name()))
                .map(Action.Configure.class::cast)
                .findFirst();
    }

    private Side side(Resource configuration) {
        return configure(configuration).orElseThrow().side();
    }

    private void rest(String word) {
        List<Resource> left = new ArrayList<>(state.resources.sequencedKeySet().reversed());
        left.stream().filter(r -> r.kind() != Resource.Kind.DNS).forEach(r -> restoreOnce(word, r));
        left.stream().filter(r -> r.kind() == Resource.Kind.DNS).forEach(r -> restoreOnce(word, r));
    }

    private void finish(String word) {
        if (!touched(Resource.Kind.TRAFFIC).isEmpty()) {
            ask(word, "users at source", new Question.UsersOn(Side.SOURCE), Duration.ofMinutes(1));
        }
    }

    /** Gives the claims up, once everything is as it was; empty where none was asked for. */
    static Optional<Act.Ask> claims(RunState state) {
        boolean asked =
                state.claimed || state.state(Program.CLAIM, Direction.FORWARD).stage() != ActState.Stage.FRESH;
        return asked
                ? Optional.of(new Act.Ask("back/claims", "back", new Question.ReleaseClaims(), Duration.ZERO, CALL))
                : Optional.empty();
    }

    private void fences(String word, Side side) {
        touchedOf(Resource.Kind.FENCE).forEach((resource, _) -> {
            if (resource.name().endsWith("@" + side.word())) {
                restoreOne(word, resource);
            }
        });
    }

    private void restoreAll(String word, Resource.Kind kind) {
        touchedOf(kind).forEach((resource, _) -> restoreOne(word, resource));
    }

    private void restoreOne(String word, Resource resource) {
        state.resource(resource)
                .filter(known -> resource.kind() != Resource.Kind.CAPACITY || !known.restored(resource))
                .ifPresent(known -> acts.add(restore(word, resource, known)));
    }

    private void restoreOnce(String word, Resource resource) {
        String id = word + "/restore " + resource;
        if (acts.stream().noneMatch(act -> act.id().equals(id))) {
            restoreOne(word, resource);
        }
    }

    private void leaseRestored(String word, String what, Resource resource) {
        state.resource(resource)
                .ifPresent(known -> alter(word, what, resource, known.pre().owned(), true));
    }

    static Act.Alter restore(String word, Resource resource, ResourceState known) {
        String needs = "";
        Duration timeOut = resource.kind() == Resource.Kind.FENCE ? LONG_CALL : CALL;
        return new Act.Alter(
                word + "/restore " + resource, word, resource, known.pre().owned(), false, needs, timeOut);
    }

    private void alter(String word, String what, Resource resource, SortedMap<String, String> fields, boolean leased) {
        acts.add(new Act.Alter(word + "/" + what, word, resource, fields, leased, "", CALL));
    }

    private void ask(String word, String what, Question question, Duration patience) {
        acts.add(new Act.Ask(word + "/" + what, word, question, patience, LONG_CALL));
    }

    /** Whether fences are known and none of them is open, as last observed. */
    static boolean nothingWritable(RunState state) {
        boolean known = false;
        for (Map.Entry<Resource, ResourceState> each : state.resources.entrySet()) {
            if (each.getKey().kind() == Resource.Kind.FENCE) {
                known = true;
                if (each.getValue().observed().get("fence").equals("open")) {
                    return false;
                }
            }
        }
        return known;
    }

    /** Whether the freeze of the way home is in force, with no database that takes writes. */
    static boolean standsFrozen(RunState state) {
        return state.freeze.map(freeze -> freeze.direction() == Direction.BACK).orElse(false) && nothingWritable(state);
    }

    static boolean usersAtTarget(RunState state) {
        return state.resources.entrySet().stream()
                .anyMatch(each -> each.getKey().kind() == Resource.Kind.TRAFFIC
                        && !each.getValue().observed().get("target").equals("0"));
    }

    private List<Dataset> moved() {
        return plan.movedDatasets()
                .filter(dataset -> state.resource(Resource.fence(dataset.name(), Side.TARGET))
                        .isPresent())
                .toList();
    }

    private List<Entrance> touched(Resource.Kind kind) {
        return plan.entrances().stream()
                .filter(entrance ->
                        state.resource(new Resource(kind, entrance.name())).isPresent())
                .toList();
    }

    private SequencedMap<Resource, ResourceState> touchedOf(Resource.Kind kind) {
        LinkedHashMap<Resource, ResourceState> touched = new LinkedHashMap<>();
        state.resources.forEach((resource, known) -> {
            if (resource.kind() == kind) {
                touched.put(resource, known);
            }
        });
        return touched;
    }

    private static SortedMap<String, String> map(String... keysAndValues) {
        return new TreeMap<>(Map.copyOf(Image.of(keysAndValues).owned()));
    }
}
