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
}
