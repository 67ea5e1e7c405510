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

    /** After so many arrivals in a row, answers get their turn. */
    private static final int BURST_MAX = 256;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LoadProfile profile;
    private final ConstantRate arrivals;
    private final int stride;
    private final RunStart start;
    private final EventLoop eventLoop;
    private final RequestSource source;
    private final ResponseListener listener;
    private final Connections connections;
    private final Tally tally;
    private final String authority;
    private final CompletableFuture<LoadResult> done = new CompletableFuture<>();

    private final UnderWay underWay;

    private long next;
    private long end;
    private long lastPickUpNanos;
    private @Nullable Long stoppedNanos;
    private @Nullable Future<?> deadline;
    private long deadlineNanos;
    private boolean finished;

    LoadLoop(LoadPlan plan, int index, EventLoop eventLoop) {
        profile = plan.profile();
        arrivals = profile.arrivals();
        stride = profile.eventLoops();
        start = plan.start();
        source = plan.source();
        listener = plan.listener();
        authority = profile.authority();
        underWay = new UnderWay(profile.timeOut().toNanos());
        this.eventLoop = eventLoop;
        int cap = profile.connections() / stride + (index < profile.connections() % stride ? 1 : 0);
        connections = new Connections(profile, cap, eventLoop, plan.address(), this);
        tally = new Tally(index, start, plan.timeline());
        next = index;
        Duration duration = profile.duration();
        end = duration == null ? Long.MAX_VALUE : arrivals.arrivalsBefore(duration.toNanos());
        lastPickUpNanos = start.nanos();
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
            long now = System.nanoTime();
            pickUpDue(Integer.MAX_VALUE);
            if (next < end) {
                end = next;
                stoppedNanos = now;
            }
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
        end(exchange, kindOf(exchange.head()), System.nanoTime());
    }

    void failed(Exchange exchange, ErrorKind kind) {
        end(exchange, kind, System.nanoTime());
    }

    private void pace() {
        pickUpDue(BURST_MAX);
        if (next < end) {
            var _ = schedule(this::pace, intended(next) - System.nanoTime());
        } else {
            finishIfOver();
        }
    }

    private void pickUpDue(int most) {
        for (int n = 0; n < most && next < end && !finished; n++) {
            long now = System.nanoTime();
            if (intended(next) > now) {
                return;
            }
            pickUp(next, now);
            next += stride;
        }
    }

    private void pickUp(long arrival, long now) {
        lastPickUpNanos = now;
        tally.arrived(now - intended(arrival), now);
        LoadRequest request = source.request(arrival);
        boolean keepBody = !listener.equals(ResponseListener.NONE) || request.check() != null;
        var exchange = new Exchange(arrival, intended(arrival), request, keepBody);
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
        LoadResponse response = checked(exchange.response(start, kind, endOf(exchange, kind, now)));
        tally.ended(response, now);
        listener.completed(response);
        finishIfOver();
    }

    /** A request that was never sent counts with exactly the time-out: how late the loop noticed is not its wait. */
    private long endOf(Exchange exchange, @Nullable ErrorKind kind, long now) {
        return kind == ErrorKind.CLIENT_QUEUE_TIMEOUT ? exchange.deadlineNanos() : now;
    }

    private static LoadResponse checked(LoadResponse response) {
        ResponseCheck check = response.request().check();
        boolean refused = check != null && !response.failed() && !check.passes(response);
        return refused ? response.failedBy(ErrorKind.CHECK_FAILED) : response;
    }

    private static @Nullable ErrorKind kindOf(@Nullable HttpResponse head) {
        int status = head == null ? 0 : head.status().code();
        if (status >= 500) {
            return ErrorKind.HTTP_5XX;
        }
        if (status >= 400) {
            return ErrorKind.HTTP_4XX;
        }
        if (status >= 300 && status != 304) {
            return ErrorKind.REDIRECT;
        }
        return status >= 200 ? null : ErrorKind.PROTOCOL;
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
        if (next >= end && underWay.isEmpty() && !finished) {
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
        return tally.result(profile.target(), profile.ratePerSecond() / stride, elapsedNanos(now));
    }

    private long elapsedNanos(long now) {
        Duration duration = profile.duration();
        if (stoppedNanos != null) {
            return stoppedNanos - start.nanos();
        }
        if (duration == null || next < end) {
            return now - start.nanos();
        }
        return Math.max(duration.toNanos(), lastPickUpNanos - start.nanos());
    }

    private long intended(long arrival) {
        return start.nanos() + arrivals.intendedNanos(arrival);
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
