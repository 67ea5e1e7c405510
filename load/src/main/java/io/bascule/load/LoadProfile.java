package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much load, on what, for how long.
 *
 * @param target the origin to load; {@code http} only, the paths come from the requests
 * @param ratePerSecond arrivals per second, above 0 and at most 100,000
 * @param duration how long requests arrive; null: until {@link LoadRun#stop()}
 * @param connections the most connections open at once, over all event loops
 * @param connectTimeOut the longest wait for one connection
 * @param timeOut the longest wait for a connection while all are busy, and again the longest time from then to the end of
 *     the response; at most 60 s. A server that parks writes must do so for less
 * @param eventLoops threads that send; at most one per connection
 */
public record LoadProfile(
        URI target,
        double ratePerSecond,
        @Nullable Duration duration,
        int connections,
        Duration connectTimeOut,
        Duration timeOut,
        int eventLoops) {

    private static final double RATE_MAX = 100_000;
    private static final int CONNECTIONS_MAX = 60_000;
    private static final double RATE_PER_LOOP = 10_000;

    /** Checks every bound. Throws {@link IllegalArgumentException}, naming value and rule. */
    public LoadProfile {
        require("http".equalsIgnoreCase(target.getScheme()), "target must be an http URL: " + target);
        require(target.getHost() != null, "target must name a host: " + target);
        require(
                ratePerSecond > 0 && ratePerSecond <= RATE_MAX,
                "rate must be above 0 and at most 100000: " + ratePerSecond);
        require(duration == null || isPositive(duration), "duration must be above 0: " + duration);
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
     * Until stopped; connect time-out 5 s, time-out 30 s; connections for two seconds' worth of arrivals within 8 to 4,096;
     * one event loop for each 10,000 requests per second.
     */
    public static LoadProfile of(URI target, double ratePerSecond) {
        int connections = (int) Math.clamp(2 * ratePerSecond, 8, 4096);
        int loops = (int) Math.clamp(
                Math.ceil(ratePerSecond / RATE_PER_LOOP),
                1,
                Runtime.getRuntime().availableProcessors());
        return new LoadProfile(
                target,
                ratePerSecond,
                null,
                connections,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Math.min(loops, connections));
    }

    /** The same, for so long. */
    public LoadProfile lasting(Duration duration) {
        return new LoadProfile(target, ratePerSecond, duration, connections, connectTimeOut, timeOut, eventLoops);
    }

    /** The same with another cap on connections. */
    public LoadProfile withConnections(int connections) {
        int loops = Math.min(eventLoops, Math.max(1, connections));
        return new LoadProfile(target, ratePerSecond, duration, connections, connectTimeOut, timeOut, loops);
    }

    /** The same with other time-outs. */
    public LoadProfile withTimeOuts(Duration connectTimeOut, Duration timeOut) {
        return new LoadProfile(target, ratePerSecond, duration, connections, connectTimeOut, timeOut, eventLoops);
    }

    /** The same on so many threads. */
    public LoadProfile withEventLoops(int eventLoops) {
        return new LoadProfile(target, ratePerSecond, duration, connections, connectTimeOut, timeOut, eventLoops);
    }

    /** The arrivals that this profile describes. */
    ConstantRate arrivals() {
        return new ConstantRate(ratePerSecond);
    }

    /** The value of the {@code Host} header. */
    String authority() {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        return target.getPort() < 0 || target.getPort() == 80 ? host : host + ":" + target.getPort();
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
