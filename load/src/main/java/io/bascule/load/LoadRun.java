package io.bascule.load;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run under way, for any thread but the run's own: {@link #snapshot} and {@link #await} must not be called by a
 * {@link ResponseListener}.
 */
public final class LoadRun implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final Timeline timeline;
    private final EventLoopGroup eventLoops;
    private final List<LoadLoop> loops;
    private final CompletableFuture<LoadResult> outcome = new CompletableFuture<>();

    private LoadRun(LoadPlan plan) {
        int threads = plan.profile().eventLoops();
        timeline = plan.timeline();
        eventLoops = Transport.eventLoops(threads);
        loops = IntStream.range(0, threads)
                .mapToObj(index -> new LoadLoop(plan, index, eventLoops.next()))
                .toList();
    }

    static LoadRun begin(LoadPlan plan) {
        var run = new LoadRun(plan);
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
            return sum(parts.stream().map(CompletableFuture::join).toList());
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
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw broken(e);
        }
    }

    private void ended(@Nullable Throwable broken) {
        var _ = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (broken == null) {
            outcome.complete(sum(loops.stream().map(loop -> loop.done().join()).toList()));
        } else {
            outcome.completeExceptionally(broken);
        }
    }

    private static LoadResult sum(List<LoadResult> parts) {
        return parts.stream().reduce(LoadResult::add).orElseThrow();
    }

    private static IllegalStateException broken(Exception wrapper) {
        Throwable cause = wrapper.getCause() == null ? wrapper : wrapper.getCause();
        return new IllegalStateException("the load run broke: " + cause.getMessage(), cause);
    }
}
