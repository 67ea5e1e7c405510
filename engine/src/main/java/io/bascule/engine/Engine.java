package io.bascule.engine;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: takes due runs from the store, ticks them under a lease that it keeps alive, and sends their messages.
 * Many workers may share a store; a run is advanced by one of them at a time, and one that was paused past its lease
 * can no longer write. After a crash another worker (or this host's next one, at once) goes on from the journal.
 *
 * <pre>{@code
 * try (Engine engine = new Engine(store, loader, EngineSettings.of(store))) {
 *     engine.listen((run, entry) -> print(entry));
 *     Optional<RunStatus> end = engine.runUntilRest(run, stopped::get);
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LONGEST_CLOCK_DIFFERENCE_MILLIS = 1_000;

    private final JdbcStore store;
    private final EngineSettings settings;
    private final String name = WorkerName.fresh();
    private final BusyTicks busy = new BusyTicks();
    private final EntryFeed feed = new EntryFeed();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Loads loads;
    private final RunTicker ticker;
    private final Scheduler scheduler;
    private final OutboxCourier courier;

    /** A worker that does nothing until {@link #start}. */
    public Engine(JdbcStore store, RunLoader loader, EngineSettings settings) {
        this.store = store;
        this.settings = settings;
        this.loads = new Loads(store, loader);
        this.courier = new OutboxCourier(
                store,
                (run, channel) -> loads.of(run).channels().get(channel),
                settings.clock(),
                settings.promise(),
                run -> settings.only().isEmpty() || settings.only().contains(run),
                loads::sweep);
        this.ticker = new RunTicker(store, name, settings, loads, busy, closed::get, feed::appended);
        this.scheduler = scheduler();
    }

    private Scheduler scheduler() {
        CustomTask<Void> task = Tasks.custom("run", Void.class)
                .onFailure((complete, operations) -> LOG.error("unreachable: a tick threw {}", complete))
                .onDeadExecution((complete, operations) -> revive(complete.getExecution()))
                .execute(this::execute);
        return Scheduler.create(store.access().pools().scheduler(), task)
                .schedulerName(new SchedulerName.Fixed(name))
                .clock(settings.clock()::now)
                .jdbcCustomization(OnlyRuns.of(store.access().dialect(), settings.only()))
                .threads(settings.threads())
                .pollUsingFetch(0.5, 3.0)
                .pollingInterval(settings.polling())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(settings.missed())
                .shutdownMaxWait(settings.shutdownWait())
                .deleteUnresolvedAfter(Duration.ofDays(3_650))
                .enablePriority()
                .addSchedulerListener(new LostLeases())
                .build();
    }

    /** The worker's name, as it stands in {@link Attendance#worker}. */
    public String name() {
        return name;
    }

    /** Hears every entry this process appends from now on. */
    public void listen(EntryListener listener) {
        feed.add(listener);
    }

    /**
     * Starts working; a second call does nothing. Runs that dead processes of this machine held are freed at once.
     *
     * @throws StoreTrouble when the store does not answer, or its clock is more than a second off
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        compareClocks();
        freeTheDead();
        feed.start();
        running.push(feed);
        Watchdog watchdog = new Watchdog(busy, settings.clock());
        watchdog.start();
        running.push(watchdog);
        Preemption preemption = new Preemption(store, name, busy, closed::get);
        preemption.start();
        running.push(preemption);
        if (store.access().dialect() == Dialect.POSTGRESQL) {
            Wakeups wakeups = new Wakeups(store.access().url(), this::wake);
            wakeups.start();
            running.push(wakeups);
        }
        if (settings.delivers()) {
            courier.start();
            running.push(courier);
        }
        scheduler.start();
        LOG.info("worker {} works", name);
    }

    private void compareClocks() {
        if (store.access().dialect() == Dialect.POSTGRESQL) {
            long off = Duration.between(store.databaseTime(), settings.clock().now())
                    .toMillis();
            if (Math.abs(off) > LONGEST_CLOCK_DIFFERENCE_MILLIS) {
                throw new StoreTrouble(
                        "this machine's clock is " + off + " ms ahead of the store's: set it right first");
            }
        }
    }

    private void freeTheDead() {
        for (String holder : store.leases().holders()) {
            if (WorkerName.deadHere(holder)) {
                int freed = store.leases().freeAll(holder, settings.clock().now());
                LOG.info("{} is dead, {} of its runs are taken over", holder, freed);
            }
        }
    }

    /** Looks for due runs now rather than at the next poll. */
    public void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    /**
     * Works until the run is over, whoever ends it, or until {@code stop} says so; it is asked ten times a second.
     * When it returns, listeners have heard everything this process appended, and every message of a run that is over
     * has been tried once, unless either takes longer than five seconds. The engine goes on working until closed.
     *
     * @return how the run ended; empty when stopped before
     */
    public Optional<RunStatus> runUntilRest(RunId run, BooleanSupplier stop) throws InterruptedException {
        start();
        wake();
        Optional<RunStatus> end = Optional.empty();
        while (end.isEmpty() && !stop.getAsBoolean() && !closed.get()) {
            end = ended(run);
            if (end.isEmpty()) {
                Thread.sleep(LOOK);
            }
        }
        feed.drain(PATIENCE);
        if (end.isPresent() && settings.delivers()) {
            awaitFirstAttempts(run);
        }
        return end;
    }

    private void awaitFirstAttempts(RunId run) throws InterruptedException {
        Instant late = settings.clock().now().plus(PATIENCE);
        while (settings.clock().now().isBefore(late) && !closed.get() && untried(run)) {
            Thread.sleep(LOOK);
        }
    }

    private boolean untried(RunId run) {
        try {
            return store.outbox().hasUntried(run);
        } catch (StoreTrouble e) {
            return true;
        }
    }

    private Optional<RunStatus> ended(RunId run) {
        try {
            return Optional.of(store.status(run)).filter(RunStatus::terminal);
        } catch (StoreTrouble e) {
            LOG.debug("no look at {}: {}", run, e.getMessage());
            return Optional.empty();
        }
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        RunId run = new RunId(instance.getId());
        TickEnd end = ticker.tick(run, context);
        long version = context.getExecution().version;
        return (complete, operations) -> {
            ticker.settle(run, version, end);
            boolean again = end instanceof TickEnd.Release release
                    && !release.until().isAfter(settings.clock().now());
            if (again && !closed.get()) {
                wake();
            }
        };
    }

    private void revive(Execution execution) {
        RunId run = new RunId(execution.taskInstance.getId());
        Instant now = settings.clock().now();
        boolean freed = store.leases().revive(run, execution.version, execution.lastHeartbeat, now);
        LOG.info("worker {} of {} shows no life: {}", execution.pickedBy, run, freed ? "freed" : "freed by another");
        wake();
    }

    /**
     * Stops: ticks end at their next step, calls under way are interrupted, leases are given back at once. After
     * return nothing of this worker runs, except a call that ignores its interruption; its lease dies by itself.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        busy.all().forEach(BusyTick::interrupt);
        if (started.get()) {
            scheduler.stop();
        }
        while (!running.isEmpty()) {
            closeQuietly(running.pop());
        }
        loads.close();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("closing failed: {}", e.getMessage());
        }
    }

    /** A heartbeat that found no row has lost its lease, unless its tick has ended just before. */
    private final class LostLeases extends AbstractSchedulerListener {
        @Override
        public void onExecutionFailedHeartbeat(CurrentlyExecuting executing) {
            for (BusyTick tick : busy.all()) {
                if (tick.isOf(executing) && taken(tick)) {
                    LOG.warn(
                            "the lease of {} is taken: its tick ends",
                            tick.lease().run());
                    tick.lose();
                }
            }
        }

        private boolean taken(BusyTick tick) {
            try {
                return store.leases().signals(tick.lease()).isEmpty();
            } catch (StoreTrouble e) {
                return false; // the watchdog decides
            }
        }
    }
}
