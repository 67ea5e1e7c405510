package io.bascule.core.sim;

import io.bascule.core.judge.Samples;
import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Change;
import io.bascule.core.port.Resource;
import io.bascule.core.run.Act;
import io.bascule.core.run.Direction;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.SoakSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What must be true of the world at every instant. The first breach ends the simulation. */
final class Invariants {
    private final SimWorld world;
    private final Map<String, Long> ready = new HashMap<>();
    /** The samples of the window being judged that nobody answered. */
    private final Set<String> dead = new HashSet<>();

    private boolean meddled;
    private boolean watching = true;

    Invariants(SimWorld world) {
        this.world = world;
    }

    /** From here on the world may be used by something that is no run. */
    void stopWatching() {
        watching = false;
    }

    /** After every change, once everything of that instant has happened. */
    void check() {
        if (!watching) {
            return;
        }
        for (SimDataset dataset : world.datasets()) {
            check(dataset);
        }
        for (SimWriter writer : world.writers()) {
            if (writer.runs(Side.SOURCE) && writer.runs(Side.TARGET)) {
                throw new Violation("a singleton runs on both sides");
            }
        }
    }

    private void check(SimDataset dataset) {
        boolean source = accepts(dataset.store(Side.SOURCE));
        boolean target = accepts(dataset.store(Side.TARGET));
        if (source && target) {
            throw new Violation("both databases of " + dataset.name + " accept writes");
        }
        for (SimEntrance entrance : world.entrances()) {
            if (meddled) {
                continue;
            }
            if (!source && !target) {
                checkParked(dataset, entrance);
            } else {
                checkWeights(dataset, entrance, source ? Side.SOURCE : Side.TARGET);
            }
        }
    }

    /** A dead database whose data a person gave up could not be fenced; it counts as closed. */
    private boolean accepts(SimStore store) {
        return store.open() && !(store.died && world.lossAccepted());
    }

    private void checkParked(SimDataset dataset, SimEntrance entrance) {
        boolean lets = !entrance.plan.writes().isEmpty() && !entrance.holdsWrites();
        if (lets && !entrance.writes.expired && !world.lossAccepted()) {
            throw new Violation(entrance.plan.name() + " lets writes through while no database of " + dataset.name
                    + " accepts any");
        }
    }

    private void checkWeights(SimDataset dataset, SimEntrance entrance, Side writable) {
        String location = dataset.store(writable).location;
        for (Side side : Side.values()) {
            SimApplication application = world.application(side);
            if (entrance.weight(side) > 0
                    && application.usesDataset(dataset.name)
                    && !application.uses(dataset.name).equals(location)) {
                throw new Violation(entrance.plan.name() + " sends users to the " + side.word() + ", which uses "
                        + application.uses(dataset.name) + " while " + location + " is the writable one");
            }
        }
    }

    /** A request for a change has arrived: it must be exactly the intent journaled just before. */
    void asked(SimResource resource, Change change) {
        if (!watching) {
            return;
        }
        RunEvent.IntentRecorded intent = world.journal()
                .lastIntent()
                .orElseThrow(() -> new Violation("a request without a journaled intent: " + change.token()));
        if (!intent.token().equals(change.token())) {
            throw new Violation("a request that is not the journaled intent: " + change.token());
        }
        boolean unclaimed = resource.id.isOfEntrance()
                && intent.direction() == Direction.FORWARD
                && !world.entrance(resource.id.name()).claimedByTheRun();
        if (unclaimed) {
            throw new Violation("a write to " + resource.id + " without the claim on it");
        }
        if (!intent.pre().sameState(change.expected()) || !intent.post().sameState(change.wanted())) {
            throw new Violation("a request that differs from its intent: " + change.token());
        }
        if (!change.expected().sameState(resource.told)) {
            throw new Violation("a blind write: " + resource.id + " was last seen as " + resource.told.brief()
                    + ", the request expects " + change.expected().brief());
        }
    }

    /** A change is about to take effect. */
    void takes(SimResource resource, Change change) {
        if (!watching) {
            return;
        }
        boolean forward = change.token().contains("/forward/");
        if (resource.id.kind() == Resource.Kind.TRAFFIC && forward) {
            int target = Integer.parseInt(change.wanted().get("target"));
            long asked = ready.getOrDefault(resource.id.name(), 0L);
            boolean first = target > Integer.parseInt(resource.image.get("target"));
            if (first && world.clock().millis() - asked > 30_000) {
                throw new Violation("users are sent to a target that was not verified at " + resource.id.name());
            }
        }
        boolean now = world.journal()
                .lastIntent()
                .map(i -> i.token().equals(change.token()))
                .orElse(false);
        boolean seen = now && resource.told.sameState(resource.image);
        if (resource.foreign && seen && !world.journal().foreignAllowed()) {
            throw new Violation(
                    "a change by someone else is overwritten: " + resource.id + " was " + resource.image.brief());
        }
        if (resource.id.kind() == Resource.Kind.SCRIPT && resource.image.sameState(change.wanted())) {
            throw new Violation("the effect of " + resource.id + " is doubled");
        }
    }

    /** Metrics were asked: on the way back nobody may. */
    void sampled(Metric metric, Side side) {
        if (world.journal().rollingBack()) {
            throw new Violation("a metric was asked on the way back");
        }
        if (world.trouble().metricsDead()) {
            dead.add(Samples.key(metric.name(), side));
        }
    }

    void meddled() {
        meddled = true;
    }

    boolean isMeddled() {
        return meddled || !watching;
    }

    /** A worker died: what it had looked at is forgotten. */
    void forget() {
        dead.clear();
    }

    void wrote(Entry entry) {
        switch (entry.event()) {
            case RunEvent.Measured e
            when e.act().contains("/ready ") && e.verdict().equals("PASS") -> {
                String entrance =
                        e.act().substring(e.act().indexOf("/ready ") + 7).split(" ", 2)[0];
                ready.put(entrance, world.clock().millis());
            }
            case RunEvent.Measured _ -> dead.clear();
            case RunEvent.Surveyed _ -> surveyed();
            case RunEvent.Judged e -> judged(e);
            case RunEvent.SoakPassed e -> soaked(e);
            case RunEvent.DriftFound e -> drifted(e);
            default -> {}
        }
    }

    /** What the run has not touched yet is taken as it was surveyed; what it has touched stays someone else's. */
    private void surveyed() {
        for (SimResource resource : world.resources()) {
            resource.foreign &= !resource.tokens.isEmpty();
        }
    }

    /**
     * Nobody else is blamed for what the run, or a lease of its own, has done. Where a platform takes requests in long
     * after they ended to be valid, nobody can tell.
     */
    private void drifted(RunEvent.DriftFound drift) {
        SimResource resource = world.resource(Resource.parse(drift.resource()));
        if (!resource.foreign && resource.compares && !world.journal().foreignAllowed()) {
            throw new Violation("nobody else changed it: " + drift.reason());
        }
    }

    private void judged(RunEvent.Judged e) {
        boolean blind = e.verdict().equals("PASS")
                && !dead.isEmpty()
                && Program.of(world.plan()).act(e.act()).orElse(null) instanceof Act.Soak soak
                && restsOnDead(soak.spec());
        if (blind) {
            throw new Violation("a window passed without data: " + e.reason());
        }
        dead.clear();
    }

    /** Whether a bound of the plan needed what nobody answered: of the judged side, and of the one it is compared with. */
    private boolean restsOnDead(SoakSpec spec) {
        JudgementRule rule = world.plan().judgement();
        return Stream.concat(rule.limits().stream(), rule.againstSource().stream())
                .anyMatch(limit -> dead.contains(Samples.key(limit.metric(), spec.judged()))
                        || (!limit.isAbsolute()
                                && !spec.againstBaseline()
                                && dead.contains(Samples.key(
                                        limit.metric(), spec.judged().other()))));
    }

    private void soaked(RunEvent.SoakPassed soak) {
        List<String> words = world.journal().entries().stream()
                .filter(entry ->
                        entry.event() instanceof RunEvent.Judged j && j.act().equals(soak.act()))
                .map(entry -> ((RunEvent.Judged) entry.event()).verdict())
                .toList();
        int n = world.plan().judgement().windows();
        List<String> last = words.subList(Math.max(0, words.size() - n), words.size());
        boolean decided = last.size() == n && last.stream().allMatch(w -> w.equals("PASS") || w.equals("FAIL"));
        long failed = last.stream().filter("FAIL"::equals).count();
        if (!decided || failed >= world.plan().judgement().failures()) {
            throw new Violation(soak.act() + " was passed on " + last);
        }
    }

    static boolean isBack(RunEvent.IntentRecorded intent) {
        return intent.direction() == Direction.BACK;
    }
}
