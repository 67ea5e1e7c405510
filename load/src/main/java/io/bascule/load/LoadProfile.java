package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/**
 * How much load, on what, for how long.
 *
 * @param target the origin to load, {@code http} or {@code https}; the paths come from the requests
 * @param arrivals when requests become due
 * @param warmUp requests due this long after the start are sent and left out of every number; at the beginning's rate
 * @param connections the most connections open at once, over all event loops (with HTTP/2: the most requests under way)
 * @param connectTimeOut the longest wait for one connection, handshake included
 * @param timeOut the longest wait for a connection while all are busy, and again the longest time from then to the end of
 *     the response; at most 60 s. A server that parks writes must do so for less
 * @param eventLoops threads that send; at most one per connection
 * @param wire how requests reach the target
 * @param abort when to end early because the target is failing
 * @param share which part of the schedule is ours
 */
public record LoadProfile(
        URI target,
        Arrivals arrivals,
        Duration warmUp,
        int connections,
        Duration connectTimeOut,
        Duration timeOut,
        int eventLoops,
        Wire wire,
        AbortRule abort,
        Share share) {

    private static final int CONNECTIONS_MAX = 60_000;
    private static final double RATE_PER_LOOP = 10_000;
    private static final double COUNTED_MAX = 10_000_000;

    /** Checks every bound. Throws {@link IllegalArgumentException}, naming value and rule. */
    public LoadProfile {
        require(
                scheme(target).equals("http") || scheme(target).equals("https"),
                "target must be an http URL: " + target);
        require(target.getHost() != null, "target must name a host: " + target);
        require(!warmUp.isNegative(), "warm-up must not be negative: " + warmUp);
        require(connections >= 1 && connections <= CONNECTIONS_MAX, "connections must be 1 to 60000: " + connections);
        require(isPositive(connectTimeOut), "connect time-out must be above 0: " + connectTimeOut);
        require(
                isPositive(timeOut) && timeOut.multipliedBy(2).compareTo(LatencyHistogram.HIGHEST) <= 0,
                "time-out must be above 0 and at most 60 s: " + timeOut);
        require(
                eventLoops >= 1 && eventLoops <= connections,
                "event loops must be 1 to " + connections + ": " + eventLoops);
    }

    /**
     * At a constant rate until stopped; connect time-out 5 s, time-out 30 s; connections for two seconds' worth of arrivals
     * within 8 to 4,096; one event loop for each 10,000 requests per second; never aborts.
     *
     * @param ratePerSecond arrivals per second, above 0 and at most 100,000
     */
    public static LoadProfile of(URI target, double ratePerSecond) {
        return of(target, Arrivals.constant(ratePerSecond));
    }

    /** The same with other arrivals. In the closed model each user has a connection. */
    public static LoadProfile of(URI target, Arrivals arrivals) {
        double highest = highest(arrivals);
        int connections =
                arrivals instanceof Arrivals.Closed closed ? closed.users() : (int) Math.clamp(2 * highest, 8, 4096);
        int loops = (int) Math.clamp(
                Math.ceil(highest / RATE_PER_LOOP), 1, Runtime.getRuntime().availableProcessors());
        return new LoadProfile(
                target,
                arrivals,
                Duration.ZERO,
                connections,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Math.min(loops, connections),
                Wire.PLAIN,
                AbortRule.NEVER,
                Share.WHOLE);
    }

    /** The same, for so long: for arrivals that have no length of their own. */
    public LoadProfile lasting(Duration duration) {
        return new LoadProfile(
                target,
                arrivals.lasting(duration),
                warmUp,
                connections,
                connectTimeOut,
                timeOut,
                eventLoops,
                wire,
                abort,
                share);
    }

    /** The same after a warm-up. */
    public LoadProfile withWarmUp(Duration warmUp) {
        return new LoadProfile(
                target, arrivals, warmUp, connections, connectTimeOut, timeOut, eventLoops, wire, abort, share);
    }

    /** The same with another cap on connections. */
    public LoadProfile withConnections(int connections) {
        int loops = Math.min(eventLoops, Math.max(1, connections));
        return new LoadProfile(
                target, arrivals, warmUp, connections, connectTimeOut, timeOut, loops, wire, abort, share);
    }

    /** The same with other time-outs. */
    public LoadProfile withTimeOuts(Duration connectTimeOut, Duration timeOut) {
        return new LoadProfile(
                target, arrivals, warmUp, connections, connectTimeOut, timeOut, eventLoops, wire, abort, share);
    }

    /** The same on so many threads. */
    public LoadProfile withEventLoops(int eventLoops) {
        return new LoadProfile(
                target, arrivals, warmUp, connections, connectTimeOut, timeOut, eventLoops, wire, abort, share);
    }

    /** The same over another wire. */
    public LoadProfile over(Wire wire) {
        return new LoadProfile(
                target, arrivals, warmUp, connections, connectTimeOut, timeOut, eventLoops, wire, abort, share);
    }

    /** The same, ending early by this rule. */
    public LoadProfile aborting(AbortRule abort) {
        return new LoadProfile(
                target, arrivals, warmUp, connections, connectTimeOut, timeOut, eventLoops, wire, abort, share);
    }

    /** One generator's part of it; the connections are that generator's own. */
    public LoadProfile part(Share share) {
        return new LoadProfile(
                target, arrivals, warmUp, connections, connectTimeOut, timeOut, eventLoops, wire, abort, share);
    }

    /** How long requests arrive, warm-up left out; null: until {@link LoadRun#stop()}. */
    public @Nullable Duration duration() {
        return arrivals.lasts();
    }

    /** How requests become due. */
    public LoadOutcome.Model model() {
        return arrivals instanceof Arrivals.Closed ? LoadOutcome.Model.CLOSED : LoadOutcome.Model.OPEN;
    }

    /**
     * This part's measured arrivals per second on average; null in the closed model. Random arrivals are counted: what chance
     * left out was never offered.
     */
    @Nullable
    Double offeredPerSecond() {
        Double all = arrivals.perSecond();
        Duration lasts = arrivals.lasts();
        if (all == null || lasts == null || all * lasts.toSeconds() > COUNTED_MAX) {
            return all == null ? null : all / share.of();
        }
        PrimitiveIterator.OfLong due = arrivals.after(warmUp).due();
        long ours = 0;
        for (long i = 0; due.hasNext(); i++) {
            boolean measured = due.nextLong() >= warmUp.toNanos();
            ours += measured && i % share.of() == share.index() ? 1 : 0;
        }
        double seconds = (lasts.toNanos() - (arrivals instanceof Arrivals.Recorded ? warmUp.toNanos() : 0)) / 1e9;
        return seconds > 0 ? ours / seconds : Double.valueOf(0);
    }

    boolean secure() {
        return scheme(target).equals("https");
    }

    int port() {
        return target.getPort() >= 0 ? target.getPort() : secure() ? 443 : 80;
    }

    /** The value of the {@code Host} header. */
    String authority() {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        return port() == (secure() ? 443 : 80) ? host : host + ":" + port();
    }

    private static double highest(Arrivals arrivals) {
        return switch (arrivals) {
            case Arrivals.Closed closed -> closed.users();
            case Arrivals.Recorded recorded -> recorded.busiestSecond();
            case Arrivals.Stages stages ->
                stages.stages().stream()
                        .mapToDouble(stage -> Math.max(stage.from(), stage.to()))
                        .max()
                        .orElse(1);
        };
    }

    private static String scheme(URI target) {
        return target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
    }

    private static boolean isPositive(Duration duration) {
        return duration.isPositive();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
