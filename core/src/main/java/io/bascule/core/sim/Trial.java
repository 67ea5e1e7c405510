package io.bascule.core.sim;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a fault can do to a run and its world, and when: the hands of {@link Faults}. */
public final class Trial {
    private final SimWorld world;
    private final SimInbox inbox;
    private final List<Waiting> waiting = new ArrayList<>();
    private final StringBuilder names = new StringBuilder();
    private Duration takeOver = Duration.ofSeconds(12);
    private int coming;

    private record Waiting(Predicate<Entry> when, Duration after, Runnable what) {}

    Trial(SimWorld world, SimInbox inbox) {
        this.world = world;
        this.inbox = inbox;
    }

    String names() {
        return names.toString();
    }

    void name(String fault) {
        names.append(names.isEmpty() ? "" : ", ").append(fault);
    }

    boolean isComing() {
        return coming > 0;
    }

    Duration takeOver() {
        return takeOver;
    }

    void wrote(Entry entry) {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).when.test(entry)) {
                Waiting due = waiting.remove(i--);
                in(due.after, due.what);
            }
        }
    }

    /** Does it once, so long after the first entry that fits. */
    public void when(Predicate<Entry> fits, Duration after, Consumer<Trial> what) {
        waiting.add(new Waiting(fits, after, () -> what.accept(this)));
    }

    /** Does it after so long. */
    public void in(Duration after, Runnable what) {
        coming++;
        world.clock().plan(world.clock().millis() + after.toMillis(), () -> {
            coming--;
            world.flow();
            what.run();
        });
    }

    /** How long it takes until another worker goes on after a crash. */
    public void takeOverAfter(Duration time) {
        takeOver = time;
    }

    public SimJournal journal() {
        return world.journal();
    }

    public Trouble trouble() {
        return world.trouble();
    }

    public SimWorld world() {
        return world;
    }

    public void order(Order order, String who) {
        inbox.sendNow(order, who, "os:" + who + "@sim", "");
    }

    /**
     * Someone else changes a field of a resource, past us; nothing happens when it is so already. From then
     * on the world is no longer held to what only our changes must keep.
     */
    public void drift(Resource resource, String field, String value) {
        SimResource state = world.resource(resource);
        TreeMap<String, String> owned = new TreeMap<>(state.image.owned());
        if (value.equals(owned.put(field, value))) {
            return;
        }
        state.foreign = true;
        world.meddled();
        state.become(new Image(owned, state.image.context()));
    }

    /** Another plan, from another store, has claimed the entrance. */
    public void claimedByOther(String entrance, String run) {
        claimedByOther(entrance, run, Duration.ofDays(1));
    }

    /** As {@link #claimedByOther(String, String)}, for so long. */
    public void claimedByOther(String entrance, String run, Duration time) {
        world.entrance(entrance).claimedByOther(run, world.clock().now().plus(time));
    }

    /** No entrance answers any more when a claim is given up. */
    public void claimsStay() {
        world.entrances().forEach(entrance -> entrance.keepsClaims = true);
    }

    public void errors(Side side, double share) {
        world.application(side).errors = share;
    }

    public void slow(Side side, double p95Millis) {
        world.application(side).p95Millis = p95Millis;
    }

    public void unhealthy(Side side, Duration time) {
        SimApplication application = world.application(side);
        application.healthy = false;
        in(time, () -> application.healthy = true);
    }

    public void databaseDies(Side side, Duration time) {
        for (SimDataset dataset : world.datasets()) {
            dataset.store(side).dead = true;
            dataset.store(side).died = true;
            in(time, () -> dataset.store(side).dead = false);
        }
    }

    public void loseReverse() {
        world.datasets().forEach(SimDataset::loseReverse);
    }

    public void traffic(double requestsPerSecond) {
        world.entrances().forEach(entrance -> entrance.rate = requestsPerSecond);
    }

    /** The target's observed share becomes that multiple of its weight. */
    public void bend(double factor) {
        world.entrances().forEach(entrance -> entrance.bend = factor);
    }

    public void sticky(Duration tail) {
        world.entrances().forEach(entrance -> entrance.stickyFor(tail.toMillis()));
    }

    /** Entrances take no change of weights for so long. */
    public void routerRefuses(Duration time) {
        world.trouble().refuse(resource -> resource.kind() == Resource.Kind.TRAFFIC, time.toMillis());
    }

    public void forgottenJobWrites(Side side) {
        world.datasets().forEach(dataset -> dataset.forgottenWrite(side));
    }

    public void scriptsFail() {
        world.tools().scriptsFail = true;
    }

    /**
     * The orchestrator's clock is off by this much from now on. A run may rely on its clock not being ahead of the
     * platform's; being late is survived.
     */
    public void clockJumps(Duration by) {
        world.clock().skew(by.toMillis());
    }

    /** The run that the plan follows was rolled back. */
    public void followedWentBack() {
        world.followedWentBack = true;
    }

    /** The receivers of those resources do not compare, and take late requests. */
    public void careless(Predicate<Resource> which) {
        world.resources().stream().filter(r -> which.test(r.id)).forEach(r -> r.compares = false);
    }
}
