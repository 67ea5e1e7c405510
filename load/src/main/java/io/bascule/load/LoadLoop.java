package io.bascule.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final int index;
    private final CompletableFuture<Part> done = new CompletableFuture<>();
    private final UnderWay underWay;
    private final RequestBytes encoder;
    private final RequestFrames frames;
    private final Wakefulness wakefulness = new Wakefulness();

    private @Nullable Future<?> deadline;
    private long deadlineNanos;
    private final Runnable paceAgain;
    private final Runnable paceNextRound;
    private int thinking;
    private boolean finished;

    LoadLoop(LoadPlan plan, int index, EventLoop eventLoop) {
        profile = plan.profile();
        start = plan.start();
        pace = new Pace(profile, start, index);
        source = plan.source();
        listener = plan.listener();
        underWay = new UnderWay(profile.timeOut().toNanos());
        encoder = new RequestBytes(profile.authority());
        frames = new RequestFrames(profile.secure() ? "https" : "http", profile.authority());
        this.eventLoop = eventLoop;
        this.index = index;
        paceAgain = () -> guarded(this::pace);
        paceNextRound = () -> eventLoop.execute(paceAgain);
        int cap = new Share(index, profile.eventLoops()).of(profile.connections());
        connections = new Connections(plan, cap, eventLoop, this);
        tally = new Tally(index, profile, plan.measured(), plan.timeline());
    }

    void begin() {
        eventLoop.execute(() -> guarded(() -> {
            Transport.wakeInTime();
            scheduleTick();
            switch (profile.arrivals()) {
                case Arrivals.Closed closed -> {
                    var _ = schedule(() -> visitors(closed), start.nanos() - System.nanoTime());
                }
                case Arrivals.Stages _, Arrivals.Recorded _ -> pace();
            }
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

    CompletableFuture<Part> done() {
        return done;
    }

    boolean inEventLoop() {
        return eventLoop.inEventLoop();
    }

    CompletableFuture<Part> snapshot() {
        var copy = new CompletableFuture<Part>();
        try {
            eventLoop.execute(() -> copy.complete(part(System.nanoTime())));
            return done.isDone() ? done : copy;
        } catch (RejectedExecutionException _) {
            return done;
        }
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

    RequestBytes encoder() {
        return encoder;
    }

    RequestFrames frames() {
        return frames;
    }

    void attempted(Exchange exchange, long now) {
        tally.attempted(exchange, 1);
        underWay.attempted(exchange, now);
    }

    /** The attempt did not come about; the exchange waits again. */
    void deferred(Exchange exchange) {
        exchange.phase(Exchange.Phase.WAITING);
        underWay.waits(exchange, exchange.intendedNanos);
        tally.attempted(exchange, -1);
    }

    void answered(Exchange exchange, long now) {
        ErrorKind kind = kindOf(exchange);
        if (kind == ErrorKind.REDIRECT && profile.wire().redirects() > 0 && !exchange.done()) {
            redirected(exchange, now);
        } else {
            end(exchange, kind, now);
        }
    }

    private static @Nullable ErrorKind kindOf(Exchange exchange) {
        ErrorKind customary = ErrorKind.ofStatus(exchange.status());
        ResponseCheck check = exchange.request.check();
        if (check == null) {
            return customary;
        }
        Optional<Boolean> wanted = check.status(exchange.status());
        if (wanted.isEmpty()) {
            return customary;
        }
        return wanted.get() ? null : customary == null ? ErrorKind.CHECK_FAILED : customary;
    }

    void failed(Exchange exchange, ErrorKind kind) {
        end(exchange, kind, System.nanoTime());
    }

    private void pace() {
        long from = System.nanoTime();
        long now = from;
        wakefulness.awake(now);
        while (!pace.over() && !finished && pace.nextNanos() <= now && now - from <= BURST_NANOS_MAX) {
            long intended = pace.nextNanos();
            arrive(pace.pickUp(now), intended, now);
            now = System.nanoTime();
        }
        if (pace.over()) {
            finishIfOver();
        } else {
            awaitNext(pace.nextNanos(), now);
        }
    }

    /** Sleeps until shortly before the next arrival is due, and from then on only looks for answers in between. */
    private void awaitNext(long dueNanos, long now) {
        long wakeNanos = wakefulness.wakeFor(dueNanos);
        if (wakeNanos > now) {
            wakefulness.sleeps(wakeNanos);
            var _ = eventLoop.schedule(paceAgain, wakeNanos - now, TimeUnit.NANOSECONDS);
        } else {
            Transport.afterThisRound(eventLoop, paceNextRound);
        }
    }

    /** The closed model: this loop's users all ask, and again whenever they are answered, until the time is up. */
    private void visitors(Arrivals.Closed closed) {
        Duration lasts = pace.lasts();
        if (lasts != null) {
            var _ = schedule(
                    () -> {
                        pace.end();
                        finishIfOver();
                    },
                    lasts.toNanos());
        }
        long now = System.nanoTime();
        long stride = (long) profile.eventLoops() * profile.share().of();
        long first = profile.share().index() + (long) index * profile.share().of();
        for (long user = first; user < closed.users() && !finished; user += stride) {
            arrive(user, now, now);
        }
    }

    private void arrive(long arrival, long intended, long now) {
        take(exchange(arrival, intended, source.request(arrival), true, Set.of()), now);
    }

    private Exchange exchange(long arrival, long intended, LoadRequest request, boolean arrives, Set<String> visited) {
        boolean keepBody = !request.isPlain() || !listener.equals(ResponseListener.NONE);
        return new Exchange(arrival, intended, request, keepBody, arrives, visited);
    }

    private void take(Exchange exchange, long now) {
        tally.arrived(exchange.intendedNanos, now);
        underWay.waits(exchange, exchange.intendedNanos);
        connections.send(exchange);
        armDeadline();
    }

    /** Follows a redirect on the same clock: for whoever waits it is one request. */
    private void redirected(Exchange exchange, long now) {
        String location = exchange.header("Location");
        Optional<String> path = Redirects.within(profile, exchange.request.path(), location);
        if (path.isEmpty() || exchange.visited.size() >= profile.wire().redirects()) {
            end(exchange, ErrorKind.REDIRECT, now);
        } else if (exchange.visited.contains(path.get()) || path.get().equals(exchange.request.path())) {
            end(exchange, ErrorKind.REDIRECT_LOOP, now);
        } else {
            underWay.ended(exchange);
            exchange.phase(Exchange.Phase.DONE);
            var visited = new HashSet<String>(exchange.visited);
            visited.add(exchange.request.path());
            LoadRequest request = exchange.request.redirected(exchange.status(), path.get());
            var next = exchange(exchange.arrival, exchange.intendedNanos, request, false, visited);
            underWay.waits(next, now);
            connections.send(next);
            armDeadline();
        }
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
        long end = endOf(exchange, kind, now);
        if (exchange.request.isPlain() && listener.equals(ResponseListener.NONE)) {
            count(exchange, kind, end, now);
            over(exchange, now);
            return;
        }
        LoadResponse response = exchange.response(start, kind, end).checked();
        count(exchange, response.error(), end, now);
        listener.completed(response);
        goOn(exchange, response, now);
    }

    private void count(Exchange exchange, @Nullable ErrorKind kind, long end, long now) {
        tally.ended(exchange, kind, end, exchange.serviceNanos(end), exchange.parkedNanos(end), now);
    }

    private void goOn(Exchange exchange, LoadResponse response, long now) {
        Continuation then = exchange.request.then();
        Continuation.Next next = then == null ? null : then.after(response);
        if (next == null || (pace.over() && profile.model() == LoadOutcome.Model.CLOSED)) {
            over(exchange, now);
        } else {
            long due = now + next.think().toNanos();
            later(exchange(exchange.arrival, due, next.request(), false, Set.of()), now);
        }
    }

    /** A visit is over. In the closed model the user's next one begins. */
    private void over(Exchange exchange, long now) {
        if (profile.arrivals() instanceof Arrivals.Closed(int users, Duration think, var _) && !pace.over()) {
            long arrival = exchange.arrival + users;
            later(exchange(arrival, now + think.toNanos(), source.request(arrival), true, Set.of()), now);
        } else {
            finishIfOver();
        }
    }

    private void later(Exchange exchange, long now) {
        if (exchange.intendedNanos <= now) {
            take(exchange, now);
            return;
        }
        thinking++;
        var _ = schedule(
                () -> {
                    thinking--;
                    if (pace.over() && exchange.arrives) {
                        finishIfOver();
                    } else {
                        take(exchange, System.nanoTime());
                    }
                },
                exchange.intendedNanos - now);
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
        if (pace.over() && underWay.isEmpty() && thinking == 0 && !finished) {
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
        done.complete(part(now));
    }

    private Part part(long now) {
        return tally.part(pace.elapsedNanos(now));
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
