package io.bascule.load;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run under way, for any thread but the run's own: {@link #snapshot} and {@link #await} must not be called by a
 * {@link ResponseListener}.
 */
public final class LoadRun implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** Long enough to catch up after a whole collection. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final Timeline timeline;
    private final EventLoopGroup eventLoops;
    private final List<LoadLoop> loops;
    private final RunStart measured;
    private final Duration warmUp;
    private final AtomicReference<@Nullable String> aborted = new AtomicReference<>();
    private final CompletableFuture<Part> outcome = new CompletableFuture<>();
    private final ExecutorService aside =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("bascule-load-seconds", true));

    private LoadRun(LoadProfile profile, Consumer<IntervalSnapshot> seconds, Function<Timeline, LoadPlan> plan) {
        int threads = profile.eventLoops();
        AbortRule.Watch watch = profile.abort().watch();
        timeline = new Timeline(
                threads,
                second -> {
                    watch.heard(second.requests(), second.failed()).ifPresent(this::abort);
                    seconds.accept(second);
                },
                this::aside);
        LoadPlan shared = plan.apply(timeline);
        measured = shared.measured();
        warmUp = profile.warmUp();
        eventLoops = Transport.eventLoops(threads);
        loops = IntStream.range(0, threads)
                .mapToObj(index -> new LoadLoop(shared, index, eventLoops.next()))
                .toList();
    }

    static LoadRun begin(LoadProfile profile, Consumer<IntervalSnapshot> seconds, Function<Timeline, LoadPlan> plan) {
        var run = new LoadRun(profile, seconds, plan);
        run.aside(() -> {
            var _ = Turns.afterOthers();
        });
        for (LoadLoop loop : run.loops) {
            var _ = loop.done().whenComplete((_, broken) -> {
                if (broken != null) {
                    run.close();
                }
            });
        }
        var all = run.loops.stream().map(LoadLoop::done).toArray(CompletableFuture<?>[]::new);
        var _ = CompletableFuture.allOf(all).whenComplete((_, broken) -> run.ended(broken));
        run.loops.forEach(LoadLoop::begin);
        return run;
    }

    /**
     * For a process that does nothing but this run: shortly before the end of the warm-up what the start left behind is put
     * out of the way, and from then on the compiler of the JVM comes after everything else, for good. What a collection or a
     * compilation takes at a time is otherwise what requests wait on a busy processor. Returns at once.
     */
    public void aloneInProcess() {
        if (warmUp.isPositive()) {
            long before = Math.min(SETTLING.toNanos(), warmUp.toNanos() / 2);
            var _ = eventLoops.schedule(
                    () -> aside(() -> {
                        System.gc();
                        var _ = Turns.compilersAfterOthers();
                    }),
                    Math.max(0, measured.nanos() - before - System.nanoTime()),
                    TimeUnit.NANOSECONDS);
        }
    }

    /** Ends the arrivals now and the run within a second: requests still under way by then are abandoned. */
    public void stop() {
        stop(DRAIN);
    }

    /** Ends the arrivals now; requests still under way may take this long, and are abandoned then. Returns at once. */
    public void stop(Duration drain) {
        loops.forEach(loop -> loop.stop(drain));
    }

    /** Ends the run at once, as far as it has not ended; requests under way are abandoned. */
    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    /** Whether the run has ended. */
    public boolean ended() {
        return outcome.isDone();
    }

    /** The numbers so far. Throws {@link IllegalStateException} if the run broke. */
    public LoadResult snapshot() {
        if (loops.stream().anyMatch(LoadLoop::inEventLoop)) {
            throw new IllegalStateException("a snapshot waits for the event loops, so none of them may take it");
        }
        try {
            var parts = loops.stream().map(LoadLoop::snapshot).toList();
            return sum(parts.stream().map(CompletableFuture::join).toList()).total();
        } catch (CompletionException e) {
            throw broken(e);
        }
    }

    /** The run's complete seconds so far, oldest first, an hour's at most; after the end also the last, shorter one. */
    public List<IntervalSnapshot> intervals() {
        return timeline.complete();
    }

    /**
     * Waits for the end of the run: all requests due were sent and have ended, or it was stopped. Throws
     * {@link IllegalStateException} if the request source, a check or the listener threw, with that as its cause.
     */
    public LoadResult await() throws InterruptedException {
        return part().total();
    }

    /** Waits as {@link #await} does, and answers all that was found. */
    public TargetOutcome await(String name) throws InterruptedException {
        Part part = part();
        return new TargetOutcome(name, part.total(), intervals(), part.byRequest(), part.warmUp(), aborted.get());
    }

    /** When the first measured request was, or will be, due. */
    public Instant startedAt() {
        return measured.instant();
    }

    /** Ends the run as {@link #stop()} does; the outcome says why, and that it is not the whole load. The first reason stays. */
    public void abort(String why) {
        if (aborted.compareAndSet(null, why)) {
            stop();
        }
    }

    private Part part() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw broken(e);
        }
    }

    private void ended(@Nullable Throwable broken) {
        var _ = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (broken == null) {
            aside(() -> outcome.complete(
                    sum(loops.stream().map(loop -> loop.done().join()).toList())));
        } else {
            outcome.completeExceptionally(broken);
        }
        aside.shutdown();
    }

    /** Does what no event loop should spend its time on, in the order in which it is asked to. */
    private void aside(Runnable work) {
        try {
            aside.execute(() -> {
                try {
                    work.run();
                } catch (Throwable bug) {
                    outcome.completeExceptionally(bug);
                    close();
                }
            });
        } catch (RejectedExecutionException _) {
            // the run is over
        }
    }

    private static Part sum(List<Part> parts) {
        return parts.stream().reduce(Part::add).orElseThrow();
    }

    private static IllegalStateException broken(Exception wrapper) {
        Throwable cause = wrapper.getCause() == null ? wrapper : wrapper.getCause();
        return new IllegalStateException("the load run broke: " + cause.getMessage(), cause);
    }
}
