package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Resource;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Draws faults of every kind from a seed: which, when, how long. */
final class Lottery {
    private static final int KINDS = 24;

    private final Trial trial;
    private final SplittableRandom random;
    private final CutoverPlan plan;

    Lottery(Trial trial, SplittableRandom random, CutoverPlan plan) {
        this.trial = trial;
        this.random = random;
        this.plan = plan;
    }

    void draw() {
        trial.takeOverAfter(Duration.ofMillis(300 + random.nextInt(20_000)));
        if (random.nextInt(3) == 0) {
            trial.name("careless receivers");
            trial.careless(resource -> resource.kind() != Resource.Kind.FENCE);
        }
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            fault(random.nextInt(KINDS));
        }
        claims(random.nextInt(24));
    }

    /** Drawn after all others, so that what a seed drew before is drawn still. */
    private void claims(int kind) {
        if (plan.entrances().isEmpty()) {
            return;
        }
        String entrance = any(plan.entrances()).name();
        switch (kind) {
            case 0 -> once("claimed by another run", t -> t.claimedByOther(entrance, "other-1", some(600)));
            case 1 -> once("claim lost", t -> t.claimedByOther(entrance, "", Duration.ZERO));
            case 2 -> once("claims stay", Trial::claimsStay);
            default -> {}
        }
    }

    private void fault(int kind) {
        switch (kind) {
            case 0, 1, 2 -> request();
            case 3 -> rates();
            case 4, 5, 6 -> breaks();
            case 7, 8 -> order();
            case 9 -> once("target errs", t -> t.errors(Side.TARGET, 0.02 + random.nextDouble() / 2));
            case 10 -> once("target slow", t -> t.slow(Side.TARGET, 200 + random.nextInt(2000)));
            case 11 -> once("source errs", t -> t.errors(Side.SOURCE, 0.02 + random.nextDouble() / 2));
            case 12 -> once("source unhealthy", t -> t.unhealthy(Side.SOURCE, some(300)));
            case 13 -> once("target unhealthy", t -> t.unhealthy(Side.TARGET, some(300)));
            case 14 -> once("router refuses", t -> t.routerRefuses(some(400)));
            case 15 ->
                once("metrics dead", t -> t.trouble().metricsDead(some(900).toMillis()));
            case 16 -> once("no traffic", t -> stopTraffic());
            case 17 -> once("reverse lost", Trial::loseReverse);
            case 18 -> once("target's database dies", t -> t.databaseDies(Side.TARGET, some(900)));
            case 19 -> drift();
            case 20 -> once("sticky clients", t -> t.sticky(some(60)));
            case 21 -> once("clock stands still", _ -> suspended());
            case 22 -> once("stickiness bends", t -> bend());
            case 23 -> longAbsence();
            default -> throw new IllegalStateException("no fault " + kind);
        }
    }

    private void request() {
        Fate fate = any(List.of(Fate.values()).subList(1, Fate.values().length));
        int n = 1 + random.nextInt(60);
        trial.name("request " + n + " " + fate);
        trial.trouble().nth(n, fate);
    }

    private void rates() {
        Fate fate = any(List.of(Fate.values()).subList(1, Fate.values().length));
        double share = random.nextDouble() / 4;
        trial.name("rate " + fate + " " + Math.round(share * 100) + "%");
        trial.trouble().rate(fate, share);
    }

    private void breaks() {
        SimJournal.Break how = any(List.of(SimJournal.Break.values()));
        int append = 2 + random.nextInt(250);
        trial.name(how + " at append " + append);
        trial.journal().breakAt(append, how);
    }

    /** A crash, and nobody comes for an hour. */
    private void longAbsence() {
        int append = 2 + random.nextInt(250);
        trial.name("crash at append " + append + ", nobody comes");
        trial.takeOverAfter(Duration.ofMinutes(random.nextInt(90)));
        trial.journal().breakAt(append, SimJournal.Break.CRASH_AFTER);
    }

    private void order() {
        Order order = switch (random.nextInt(9)) {
            case 0 -> new Order.Hold();
            case 1 -> new Order.Resume(random.nextBoolean());
            case 2 -> new Order.Retry();
            case 3 -> new Order.Abort();
            case 4 -> new Order.Rollback(random.nextBoolean(), false);
            case 5 -> new Order.Reject("");
            case 6 -> new Order.Approve(random.nextBoolean() ? "commit" : "");
            case 7 -> new Order.Rollback(false, random.nextBoolean());
            default -> new Order.Skip(anyStep());
        };
        String who = List.of("ana", "ana", "ben", "cem", "eve").get(random.nextInt(5));
        once(order.verb() + " by " + who, t -> t.order(order, who));
    }

    private String anyStep() {
        List<String> ids = plan.steps().map(step -> step.id()).toList();
        return ids.get(random.nextInt(ids.size()));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void drift() {
        List<Resource> all = new ArrayList<>(
                trial.world().resources().stream().map(r -> r.id).toList());
        Resource resource = all.get(random.nextInt(all.size()));
        String field = trial.world().resource(resource).first.owned().firstKey();
        String value = switch (resource.kind()) {
            case DNS, CAPACITY, SCRIPT -> "" + (7 + random.nextInt(90));
            case CONFIGURATION -> "elsewhere";
            case WRITES -> "reject";
            case SINGLETON -> "paused";
            case TRAFFIC, FENCE, COPY, REVERSE, EXISTENCE, SWITCH -> "";
        };
        if (resource.kind() == Resource.Kind.TRAFFIC) {
            int target = random.nextInt(10_001);
            once("drift of " + resource, t -> {
                t.drift(resource, "source", "" + (10_000 - target));
                t.drift(resource, "target", "" + target);
            });
        } else if (!value.isEmpty()) {
            once("drift of " + resource, t -> t.drift(resource, field, value));
        }
    }

    /** The orchestrator's machine was suspended: its clock is late, until it is set again. */
    private void suspended() {
        Duration late = some(90);
        trial.clockJumps(late.negated());
        trial.in(some(120), () -> trial.clockJumps(late));
    }

    private void bend() {
        trial.bend(random.nextDouble());
        trial.in(some(1800), () -> trial.bend(1));
    }

    private void stopTraffic() {
        trial.traffic(0);
        trial.in(some(600), () -> trial.traffic(500));
    }

    private Duration some(int mostSeconds) {
        return Duration.ofMillis(500 + random.nextInt(mostSeconds * 1000));
    }

    private void once(String name, Consumer<Trial> what) {
        Predicate<Entry> moment = moment();
        trial.name(name);
        trial.when(moment, Duration.ofMillis(random.nextInt(4_000)), what);
    }

    /** Any entry; or, as often, one of those after which most can go wrong. */
    private Predicate<Entry> moment() {
        int seq = 2 + random.nextInt(260);
        return switch (random.nextInt(5)) {
            case 0 -> entry -> entry.event() instanceof RunEvent.RollbackBegun;
            case 1 ->
                entry -> entry.event() instanceof RunEvent.IntentRecorded intent
                        && intent.act().startsWith("release/");
            case 2 ->
                entry -> entry.event() instanceof RunEvent.IntentRecorded intent
                        && intent.leaseUntil().isPresent();
            default -> entry -> entry.seq() >= seq;
        };
    }
}
