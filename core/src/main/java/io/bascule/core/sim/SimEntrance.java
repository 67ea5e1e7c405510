package io.bascule.core.sim;

import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Resource;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * One entrance with its users: divides them by weight (and by what bends it), parks or rejects writes, and counts.
 * Users come as a steady flow; what they did is worked out whenever something changes or someone looks.
 */
final class SimEntrance implements TrafficRouter, Claim {
    static final double WRITES = 0.2;

    final Entrance plan;
    final SimResource weights;
    final SimResource writes;
    /** Requests per second now. */
    double rate;
    /** Healthy targets of each side; fewer than needed while instances fail. */
    final int[] healthy = {2, 2};
    /** The observed share is this much of the weight; 1 when nothing bends it. */
    double bend = 1;

    private static final long INSYNC_MILLIS = 300;

    private final SimWorld world;
    private final Optional<SimName> name;
    private final SimTraffic traffic = new SimTraffic();
    private final long[] tailUntil = {0, 0};
    private final double[] due = new double[2];
    private final double[] dueFailures = new double[2];
    private final double[] dueWrites = new double[2];
    private double tail;
    private long flowedTo;
    private long parked;
    private String owner = "";
    private Instant claimedUntil = Instant.EPOCH;
    /** Whether the claim is the run's, and when it was so last. */
    private boolean claimed;

    private long claimLost = Long.MIN_VALUE / 2;
    /** It does not answer when a claim is given up. */
    boolean keepsClaims;

    private int lastTarget;

    SimEntrance(SimWorld world, Entrance plan) {
        this.world = world;
        this.plan = plan;
        this.rate = plan.expectPerSecond();
        this.flowedTo = world.clock().millis();
        Image start = plan.attaches()
                ? Image.of("source", "10000", "target", "0", "alone", "1")
                : Image.of("source", "10000", "target", "0");
        weights = world.add(Resource.traffic(plan.name()), start);
        weights.after.add(this::weightsMoved);
        name = plan.router().adapter().equals("sim-dns") || plan.isName()
                ? Optional.of(new SimName(world.zone(), plan.name()))
                : Optional.empty();
        name.ifPresent(records -> {
            weights.takes = INSYNC_MILLIS;
            weights.refuses = records::set;
        });
        writes = world.add(Resource.writes(plan.name()), Image.of("writes", "open"));
        writes.after.add(this::letGo);
    }

    /** Basis points, as set. */
    int weight(Side side) {
        return Integer.parseInt(weights.image.get(side.word()));
    }

    /** The name's records get that TTL, in seconds. */
    void lives(int ttl) {
        name.ifPresent(records -> records.lives(ttl));
    }

    /** Sticky clients stay where they were for a while after a move. */
    void stickyFor(long millis) {
        tail = millis;
    }

    boolean holdsWrites() {
        return !writes.image.get("writes").equals("open");
    }

    private void weightsMoved() {
        int target = weight(Side.TARGET);
        name.ifPresent(records -> records.moved(target / 10_000.0, world.clock().millis()));
        boolean away = target == 0 && lastTarget > 0;
        boolean movedAlong = away && world.physics().movesSticky();
        if (tail > 0 && !movedAlong) {
            Side left = target < lastTarget ? Side.TARGET : Side.SOURCE;
            tailUntil[SimTraffic.index(left)] = world.clock().millis() + (long) tail;
        }
        lastTarget = target;
    }

    /** The target's share of requests now, 0 to 1. */
    double targetShare() {
        return targetShare(world.clock().millis());
    }

    private double targetShare(long now) {
        double set = weight(Side.TARGET) / 10_000.0;
        double share = name.map(records -> records.share(now)).orElse(set) * bend;
        if (now < tailUntil[SimTraffic.index(Side.TARGET)]) {
            return Math.max(share, 0.02);
        }
        return now < tailUntil[SimTraffic.index(Side.SOURCE)] ? Math.min(share, 0.98) : share;
    }

    /** Works out what users did since the last time. */
    void flow(long now) {
        if (now <= flowedTo) {
            return;
        }
        double seconds = (now - flowedTo) / 1000.0;
        long[] requests = new long[2];
        long[] failed = new long[2];
        double[] p95 = new double[2];
        for (Side side : Side.values()) {
            int i = SimTraffic.index(side);
            double target = (targetShare(flowedTo) + targetShare(now)) / 2;
            double share = side == Side.TARGET ? target : 1 - target;
            due[i] += rate * seconds * share;
            requests[i] = (long) due[i];
            due[i] -= requests[i];
            serve(side, requests, failed);
            p95[i] = world.application(side).p95Millis;
        }
        traffic.add(flowedTo, now, requests, failed, p95);
        flowedTo = now;
    }

    private void serve(Side side, long[] requests, long[] failed) {
        int i = SimTraffic.index(side);
        dueWrites[i] += plan.writes().isEmpty() ? 0 : requests[i] * WRITES;
        long writing = (long) dueWrites[i];
        dueWrites[i] -= writing;
        SimApplication application = world.application(side);
        long reads = requests[i] - writing;
        if (!application.serves() || healthy[i] == 0) {
            failed[i] += reads;
        } else {
            dueFailures[i] += reads * application.errors;
            failed[i] += (long) dueFailures[i];
            dueFailures[i] -= (long) dueFailures[i];
        }
        switch (writes.image.get("writes")) {
            case "hold" -> {
                long room = Math.max(0, plan.parkAtMost() - parked);
                parked += Math.min(room, writing);
                failed[i] += Math.max(0, writing - room);
                requests[i] -= Math.min(room, writing);
            }
            case "reject" -> failed[i] += writing;
            default -> failed[i] += writing - application.write((int) writing);
        }
    }

    /** Parked writes go on, each to the side that the weights choose now. */
    private void letGo() {
        if (holdsWrites() || parked == 0) {
            return;
        }
        long toTarget = Math.round(parked * targetShare());
        long now = world.clock().millis();
        long[] requests = {parked - toTarget, toTarget};
        long[] failed = new long[2];
        for (Side side : Side.values()) {
            int i = SimTraffic.index(side);
            failed[i] = requests[i] - world.application(side).write((int) requests[i]);
        }
        parked = 0;
        traffic.add(now - 1, now, requests, failed, new double[] {0, 0});
    }

    @Override
    public Actuator weights() {
        return world.reach(weights);
    }

    @Override
    public Actuator writes() {
        return world.reach(writes);
    }

    @Override
    public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
        world.call();
        var blind = world.trouble().blind(weights.id);
        if (blind.isPresent()) {
            return TrafficWindow.Answer.none(blind.get());
        }
        world.flow();
        return TrafficWindow.Answer.of(
                new TrafficWindow(seen(Side.SOURCE, from, to), seen(Side.TARGET, from, to), parked, 0));
    }

    private TrafficWindow.PerSide seen(Side side, Instant from, Instant to) {
        double share = side == Side.TARGET ? targetShare() : 1 - targetShare();
        long open = share > 0 ? Math.max(1, Math.round(share * 20)) : 0;
        long begin = world.worldMillis(from);
        long end = world.worldMillis(to);
        boolean checked = side == Side.SOURCE || world.isChecked(this);
        int serving = checked && world.application(side).serves() ? healthy[SimTraffic.index(side)] : 0;
        return new TrafficWindow.PerSide(
                traffic.requests(side, begin, end), traffic.failed(side, begin, end), open, serving, open);
    }

    @Override
    public Finding probe(boolean withSession, Deadline deadline) {
        world.call();
        Side side = targetShare() >= 0.5 ? Side.TARGET : Side.SOURCE;
        if (withSession && world.clock().millis() < tailUntil[SimTraffic.index(Side.TARGET)]) {
            side = Side.TARGET;
        }
        boolean serves = world.application(side).serves();
        return Finding.of(serves ? new Verdict.Pass("200") : new Verdict.Fail("503"), "side", side.word());
    }

    @Override
    public Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline) {
        world.call();
        world.invariants().sampled(metric, side);
        if (world.trouble().metricsDead()) {
            return new Sample.Failed("the metric source does not answer");
        }
        world.flow();
        long begin = world.worldMillis(from);
        long end = world.worldMillis(to);
        long requests = traffic.requests(side, begin, end);
        if (metric.kind() instanceof Metric.Rate) {
            long failed = traffic.failed(side, begin, end);
            return failed == 0
                    ? new Sample.Absent(requests)
                    : new Sample.Value(failed / (double) Math.max(1, requests), requests);
        }
        return requests == 0 ? new Sample.Absent(0) : new Sample.Value(traffic.p95(side, begin, end), requests);
    }

    @Override
    public Claim claim() {
        return this;
    }

    @Override
    public Authority take(String who, Instant until, Deadline deadline) {
        world.call();
        boolean free = owner.isEmpty()
                || owner.equals(who)
                || claimedUntil.toEpochMilli() <= world.clock().millis();
        if (!free) {
            return new Authority.Denied(plan.name() + " is claimed by " + owner + " until " + claimedUntil);
        }
        owner = who;
        claimedUntil = until;
        claimed = true;
        return new Authority.Granted();
    }

    /** Whether the run's claim is on it, or was within the time that a request may be under way. */
    boolean claimedByTheRun() {
        return claimed || world.clock().millis() - claimLost < 10_000;
    }

    private void loseClaim() {
        if (claimed) {
            claimed = false;
            claimLost = world.clock().millis();
        }
    }

    /** Another run's claim on this entrance. */
    void claimedByOther(String who, Instant until) {
        loseClaim();
        owner = who;
        claimedUntil = until;
    }

    @Override
    public Authority holds(String who, Deadline deadline) {
        world.call();
        boolean lasts = claimedUntil.toEpochMilli() > world.clock().millis();
        if (owner.equals(who) && lasts) {
            return new Authority.Granted();
        }
        return new Authority.Denied(
                owner.isEmpty() ? "nobody holds it" : "claimed by " + owner + " until " + claimedUntil);
    }

    @Override
    public Outcome release(String who, Deadline deadline) {
        world.call();
        if (keepsClaims) {
            return new Outcome.Unknown("no answer");
        }
        if (owner.equals(who)) {
            owner = "";
            loseClaim();
        }
        return new Outcome.Done("");
    }

    @Override
    public Authority takeOverStale(String who, Instant until, Deadline deadline) {
        return take(who, until, deadline);
    }
}
