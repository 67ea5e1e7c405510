package io.bascule.load;

import java.time.Duration;
import java.time.Instant;

/**
 * Starts load. The model is open: a request starts when it is due, on an idle connection, else on a new one below the
 * profile's cap, else as soon as one comes free; one that waits longer than the time-out fails as
 * {@link ErrorKind#CLIENT_QUEUE_TIMEOUT}. None is dropped, none is retried, no redirect is followed.
 */
public final class LoadGenerator {

    /** Between start and the first arrival, so that the threads are up. */
    private static final Duration LEAD = Duration.ofMillis(20);

    private static final double WARM_UP_RATE = 2_000;

    private LoadGenerator() {}

    /** Starts a run and returns at once. */
    public static LoadRun start(LoadProfile profile, RequestSource source, ResponseListener listener) {
        var start =
                new RunStart(System.nanoTime() + LEAD.toNanos(), Instant.now().plus(LEAD));
        var plan = new LoadPlan(
                profile,
                source,
                listener,
                new TargetAddress(profile.target()),
                start,
                new Timeline(profile.eventLoops()));
        return LoadRun.begin(plan);
    }

    /**
     * Sends for this long to a server of its own on loopback and forgets what it measured, so that the next run's first
     * seconds show the target and not this JVM compiling itself: without it the first run of a JVM starts more than 100 ms
     * late, and a short one is rightly invalid. One to three seconds, once in a JVM.
     */
    public static void warmUp(Duration duration) throws InterruptedException {
        try (var target = new WarmUpTarget();
                var run = start(
                        LoadProfile.of(target.uri(), WARM_UP_RATE).lasting(duration),
                        RequestSource.repeating(LoadRequest.get("/")),
                        _ -> {})) {
            var _ = run.await();
        }
    }
}
