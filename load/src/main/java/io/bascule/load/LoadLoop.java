package io.bascule.load;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of a run: every {@code stride}-th arrival, from its intended start to its end. All but the
 * constructor, {@link #begin}, {@link #stop}, {@link #snapshot} and {@link #done} runs on the event loop.
 */
final class LoadLoop {

    /** After so long in a row with arrivals, answers get their turn. */
    private static final long BURST_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LoadProfile profile;
    private final RunStart start;
    private final Pace pace;
    private final EventLoop eventLoop;
    private final RequestSource source;
    private final ResponseListener listener;
    private final Connections connections;
    private final Tally tally;
    private final String authority;
    private final CompletableFuture<LoadResult> done = new CompletableFuture<>();
    private final UnderWay underWay;

    private @Nullable Future<?> deadline;
    private long deadlineNanos;
    private boolean finished;

    LoadLoop(LoadPlan plan, int index, EventLoop eventLoop) {
        profile = plan.profile();
        start = plan.start();
        pace = new Pace(profile, start, index);
        source = plan.source();
        listener = plan.listener();
        authority = profile.authority();
        underWay = new UnderWay(profile.timeOut().toNanos());
        this.eventLoop = eventLoop;
        int stride = profile.eventLoops();
        int cap = profile.connections() / stride + (index < profile.connections() % stride ? 1 : 0);
        connections = new Connections(profile, cap, eventLoop, plan.address(), this);
        tally = new Tally(index, start, plan.timeline());
    }

    void begin() {
        eventLoop.execute(() -> guarded(() -> {
            scheduleTick();
            pace();
        }));
    }

    /** Ends the arrivals now, and after this long what is still under way. */
    void stop(Duration drain) {
        inLoop(() -> {
            pace.stop(System.nanoTime());
            if (drain.isPositive()) {
                var _ = schedule(this::cut, drain.toNanos());
                finishIfOver();
            } else {
                cut();
            }
        });
    }

    CompletableFuture<LoadResult> done() {
        return done;
    }

    boolean inEventLoop() {
        return eventLoop.inEventLoop();
    }

    CompletableFuture<LoadResult> snapshot() {
        var copy = new CompletableFuture<LoadResult>();
        try {
            eventLoop.execute(() -> copy.complete(result(System.nanoTime())));
            return done.isDone() ? done : copy;
        } catch (RejectedExecutionException _) {
            return done;
        }
    }

    String authority() {
        return authority;
    }

    /** Runs a piece of the loop's work; what it throws ends the run. */
    void guarded(Runnable work) {
        if (finished) {
            return;
        }
        try {
            work.run();
        } catch (Throwable bug) {
            finished = true;
            connections.close();
            tally.close(System.nanoTime());
            done.completeExceptionally(bug);
        }
    }

    void attempted(Exchange exchange) {
        tally.attempted(1);
        underWay.attempted(exchange, System.nanoTime());
    }

    /** The attempt did not come about; the exchange waits again. */
    void deferred(Exchange exchange) {
        exchange.phase(Exchange.Phase.WAITING);
        underWay.waits(exchange);
        tally.attempted(-1);
    }

    void answered(Exchange exchange) {
        HttpResponse head = exchange.head();
        end(exchange, ErrorKind.ofStatus(head == null ? 0 : head.status().code()), System.nanoTime());
    }

    void failed(Exchange exchange, ErrorKind kind) {
        end(exchange, kind, System.nanoTime());
    }

    private void pace() {
        long from = System.nanoTime();
        long now = from;
        while (!pace.over() && !finished && pace.nextNanos() <= now && now - from <= BURST_NANOS_MAX) {
            pickUp(pace.pickUp(now), now);
            now = System.nanoTime();
        }
        if (pace.over()) {
            finishIfOver();
        } else {
            var _ = schedule(this::pace, pace.nextNanos() - now);
        }
    }

    private void pickUp(long arrival, long now) {
        long intended = pace.intendedNanos(arrival);
        tally.arrived(now - intended, now);
        LoadRequest request = source.request(arrival);
        boolean keepBody = !listener.equals(ResponseListener.NONE) || request.check() != null;
        var exchange = new Exchange(arrival, intended, request, keepBody);
        underWay.waits(exchange);
        connections.send(exchange);
        armDeadline();
    }

    /** Sees to it that the loop wakes when the first time-out is due, and not for each request. */
    private void armDeadline() {
        Exchange first = underWay.firstDue();
        if (first == null || (deadline != null && deadlineNanos <= first.deadlineNanos())) {
            return;
        }
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadlineNanos = first.deadlineNanos();
        deadline = schedule(this::expire, deadlineNanos - System.nanoTime());
    }

    private void expire() {
        deadline = null;
        long now = System.nanoTime();
        Exchange first = underWay.firstDue();
        while (first != null && first.deadlineNanos() <= now) {
            end(first, first.timeOutKind(), now);
            Connection connection = first.connection();
            if (connection != null) {
                connection.close();
            }
            first = underWay.firstDue();
        }
        armDeadline();
    }

    private void end(Exchange exchange, @Nullable ErrorKind kind, long now) {
        if (exchange.done()) {
            return;
        }
        underWay.ended(exchange);
        exchange.phase(Exchange.Phase.DONE);
        LoadResponse response =
                exchange.response(start, kind, endOf(exchange, kind, now)).checked();
        tally.ended(response, now);
        listener.completed(response);
        finishIfOver();
    }

    /** A request that was never sent counts with exactly the time-out: how late the loop noticed is not its wait. */
    private long endOf(Exchange exchange, @Nullable ErrorKind kind, long now) {
        return kind == ErrorKind.CLIENT_QUEUE_TIMEOUT ? exchange.deadlineNanos() : now;
    }

    private void scheduleTick() {
        long sinceStart = Math.max(0, System.nanoTime() - start.nanos());
        var _ = schedule(this::tick, (sinceStart / SECOND + 1) * SECOND - sinceStart);
    }

    private void tick() {
        long now = System.nanoTime();
        tally.roll(now);
        connections.closeAged(now);
        scheduleTick();
    }

    private void finishIfOver() {
        if (pace.over() && underWay.isEmpty() && !finished) {
            finish();
        }
    }

    private void cut() {
        List<Exchange> cutOff = underWay.clear();
        cutOff.forEach(exchange -> exchange.phase(Exchange.Phase.DONE));
        tally.abandoned(cutOff.size());
        finish();
    }

    private void finish() {
        long now = System.nanoTime();
        finished = true;
        connections.close();
        tally.close(now);
        done.complete(result(now));
    }

    private LoadResult result(long now) {
        return tally.result(profile.target(), profile.ratePerSecond() / profile.eventLoops(), pace.elapsedNanos(now));
    }

    private Future<?> schedule(Runnable work, long delayNanos) {
        return eventLoop.schedule(() -> guarded(work), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    }

    private void inLoop(Runnable work) {
        try {
            eventLoop.execute(() -> guarded(work));
        } catch (RejectedExecutionException _) {
            // the run is over
        }
    }
}
