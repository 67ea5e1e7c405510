package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Writer;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The target took no write: users home, then configuration, then the fences, then the entrances. */
    private void disarm() {
        String word = "disarm";
        users(word, state.freeze.isPresent() || fenced());
        configurations(word, false);
        restoreAll(word, Resource.Kind.REVERSE);
        restoreAll(word, Resource.Kind.COPY);
        fences(word, Side.TARGET);
        fences(word, Side.SOURCE);
        restoreAll(word, Resource.Kind.SINGLETON);
        restoreAll(word, Resource.Kind.WRITES);
        rest(word);
        finish(word);
    }

    /** The target's writes come home under a freeze of their own. In a flip users move inside it, else before it. */
    private void home() {
        String word = "home";
        boolean flip = Homeward.flip(plan);
        if (!flip) {
            users(word, false);
        }
        freeze(word);
        for (Dataset dataset : moved()) {
            if (!state.acceptLoss) {
                ask(word, "carried " + dataset.name(), new Question.CarriedHome(dataset.name()), Duration.ofSeconds(5));
            }
        }
        if (flip) {
            for (Entrance entrance : touched(Resource.Kind.TRAFFIC)) {
                leaseRestored(word, "move " + entrance.name(), Resource.traffic(entrance.name()));
            }
            if (!touched(Resource.Kind.TRAFFIC).isEmpty()) {
                ask(word, "quiet", new Question.Quiet(Side.TARGET), Duration.ofMinutes(1));
            }
        }
        configurations(word, true);
        for (Entrance entrance : plan.entrances()) {
            String what = "ready " + entrance.name() + " in the freeze";
            ask(word, what, new Question.Ready(entrance.name(), Side.SOURCE, true), Pace.SOURCE_PATIENCE);
        }
        for (Dataset dataset : moved()) {
            Resource target = Resource.fence(dataset.name(), Side.TARGET);
            alter(word, "close " + dataset.name() + " at target", target, map("fence", "closed"), false);
        }
        fences(word, Side.SOURCE);
        restoreAll(word, Resource.Kind.WRITES);
        restoreAll(word, Resource.Kind.CONFIGURATION);
        restoreAll(word, Resource.Kind.SINGLETON);
        restoreAll(word, Resource.Kind.TRAFFIC);
        restoreAll(word, Resource.Kind.REVERSE);
        restoreAll(word, Resource.Kind.COPY);
        fences(word, Side.TARGET);
        rest(word);
        finish(word);
    }

    /** Back to where the target serves: everything leased on the way home returns to what it would fall back to. */
    private void again() {
        String word = "again";
        fallBack(word, Resource.Kind.CONFIGURATION);
        for (Dataset dataset : moved()) {
            Resource target = Resource.fence(dataset.name(), Side.TARGET);
            alter(word, "open " + dataset.name() + " at target", target, map("fence", "open"), false);
        }
        fallBack(word, Resource.Kind.TRAFFIC);
        fallBack(word, Resource.Kind.SINGLETON);
        fallBack(word, Resource.Kind.WRITES);
    }

    private void fallBack(String word, Resource.Kind kind) {
        touchedOf(kind).forEach((resource, known) -> {
            if (known.leased()) {
                alter(
                        word,
                        "return " + resource.name(),
                        resource,
                        known.fallback().owned(),
                        false);
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

    /** Configurations in reverse order, each application asked what it is connected to. */
    private void configurations(String word, boolean leased) {
        List<Resource> names = new ArrayList<>(
                touchedOf(Resource.Kind.CONFIGURATION).reversed().keySet());
        for (Resource resource : names) {
            if (leased) {
                leaseRestored(word, "set " + resource.name(), resource);
            } else {
                restoreOne(word, resource);
            }
            plan.steps()
                    .filter(step -> step.action() instanceof Action.Configure c
                            && c.name().equals(resource.name())
                            && c.side() == Side.SOURCE)
                    .findFirst()
                    .flatMap(step -> ((Action.Configure) step.action()).connects())
                    .ifPresent(c -> ask(
                            word,
                            "connected " + resource.name(),
                            new Question.Connected(Side.SOURCE, c.dataset(), Side.SOURCE),
                            Duration.ofSeconds(5)));
        }
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
        if (state.state("go/claim", Direction.FORWARD).stage() != ActState.Stage.FRESH) {
            ask(word, "claims", new Question.ReleaseClaims(), Duration.ofMinutes(1));
        }
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
        state.resource(resource).ifPresent(known -> acts.add(restore(word, resource, known)));
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

    private boolean fenced() {
        return touchedOf(Resource.Kind.FENCE).values().stream()
                .map(ResourceState::observed)
                .map(image -> image.get("fence"))
                .anyMatch(fence -> fence.equals("closed") || fence.equals("leased"));
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
