package io.bascule.load;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts load. The model is open: a request starts when it is due, on an idle connection, else on a new one below the
 * profile's cap, else as soon as one comes free; one that waits longer than the time-out fails as
 * {@link ErrorKind#CLIENT_QUEUE_TIMEOUT}. None is dropped and none is retried.
 */
public final class LoadGenerator {

    /** Between start and the first arrival, so that the threads are up. */
    private static final Duration LEAD = Duration.ofMillis(20);

    private static final double WARM_UP_RATE = 2_000;

    private LoadGenerator() {}

    /** Starts a run and returns at once. */
    public static LoadRun start(LoadProfile profile, RequestSource source, ResponseListener listener) {
        return start(profile, source, listener, _ -> {});
    }

    /**
     * Starts a run and returns at once.
     *
     * @param seconds is told each complete second, oldest first, by one of the run's threads: must not block
     */
    public static LoadRun start(
            LoadProfile profile, RequestSource source, ResponseListener listener, Consumer<IntervalSnapshot> seconds) {
        return start(profile, source, listener, seconds, RunStart.in(LEAD));
    }

    /**
     * Starts one run for each profile, all on the same clock, so that arrival i is due on all of them at the same moment, and
     * returns at once.
     */
    public static List<LoadRun> startTogether(List<Member> members) {
        RunStart start = RunStart.in(LEAD);
        return members.stream()
                .map(each -> start(each.profile(), each.source(), each.listener(), each.seconds(), start))
                .toList();
    }

    /** One of several runs that start together. */
    public record Member(
            LoadProfile profile, RequestSource source, ResponseListener listener, Consumer<IntervalSnapshot> seconds) {}

    private static LoadRun start(
            LoadProfile profile,
            RequestSource source,
            ResponseListener listener,
            Consumer<IntervalSnapshot> seconds,
            RunStart start) {
        var pipeline = new Pipeline(profile);
        return LoadRun.begin(
                profile,
                seconds,
                timeline -> new LoadPlan(
                        profile,
                        source,
                        listener,
                        new TargetAddress(profile),
                        pipeline,
                        start,
                        start.plus(profile.warmUp()),
                        timeline));
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
