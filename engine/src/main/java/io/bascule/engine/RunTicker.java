package io.bascule.engine;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import io.bascule.core.run.Entry;
import io.bascule.core.run.JournalUncertain;
import io.bascule.core.run.RunEvent.Ended;
import io.bascule.core.run.RunEvent.Held;
import io.bascule.core.run.RunEvent.RollbackBegun;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Surroundings;
import io.bascule.core.run.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tick of one run under its lease, and the lease's end. Nothing leaves these methods as an exception: the
 * scheduler's own failure handling would touch a row that may be somebody else's.
 */
final class RunTicker {
    private static final Logger LOG = LoggerFactory.getLogger(RunTicker.class);
    private static final Duration LEAST_REST = Duration.ofMillis(100);
    private static final int MOST_REMEMBERED = 64;
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    private final JdbcStore store;
    private final String worker;
    private final EngineSettings settings;
    private final Loads loads;
    private final BusyTicks busy;
    private final BooleanSupplier closing;
    private final BiConsumer<RunId, Entry> appended;
    private final Map<RunId, JdbcJournal> journals = new ConcurrentHashMap<>();
    private final Set<RunId> heldForDisk = ConcurrentHashMap.newKeySet();

    RunTicker(
            JdbcStore store,
            String worker,
            EngineSettings settings,
            Loads loads,
            BusyTicks busy,
            BooleanSupplier closing,
            BiConsumer<RunId, Entry> appended) {
        this.store = store;
        this.worker = worker;
        this.settings = settings;
        this.loads = loads;
        this.busy = busy;
        this.closing = closing;
        this.appended = appended;
    }

    /** Ticks the run of a picked row. */
    TickEnd tick(RunId run, ExecutionContext context) {
        Execution execution = context.getExecution();
        Lease lease = new Lease(run, execution.version, worker);
        if (!worker.equals(execution.pickedBy)) {
            return new TickEnd.Gone();
        }
        try {
            OptionalLong signals = store.leases().signals(lease);
            return signals.isEmpty()
                    ? new TickEnd.Gone()
                    : hold(new BusyTick(lease, context.getCurrentlyExecuting(), signals.getAsLong()), execution);
        } catch (StoreTrouble e) {
            LOG.warn("run {} is not ticked: {}", run, e.getMessage());
            return new TickEnd.Release(backOff(execution.consecutiveFailures), 0, 1, Optional.empty());
        }
    }

    private TickEnd hold(BusyTick tick, Execution execution) {
        busy.enter(tick);
        try {
            return attempt(tick, execution.consecutiveFailures);
        } finally {
            busy.leave(tick);
        }
    }

    private TickEnd attempt(BusyTick tick, int failures) {
        RunId run = tick.lease().run();
        JdbcJournal journal = journal(tick.lease());
        try {
            if (closing.getAsBoolean()) {
                return release(tick, journal, now(), failures);
            }
            Loaded loaded = loads.of(run);
            journal.tellBy(loaded.channels().keySet());
            tick.shielded(() -> holdForFullDisk(run, journal));
            Tick.Rest rest = settings.tick().run(loaded.plan(), run, surroundings(tick, journal, loaded));
            return end(tick, journal, rest, failures);
        } catch (JournalUncertain | StoreTrouble e) {
            LOG.warn("the tick of {} ends: {}", run, e.getMessage());
            return release(tick, journal, backOff(failures), failures + 1);
        } catch (Throwable e) {
            LOG.error("the tick of {} failed: {}", run, Redacted.sentence(e), Redacted.trace(e));
            return defect(tick, journal, failures, e);
        }
    }

    private JdbcJournal journal(Lease lease) {
        JdbcJournal before = journals.remove(lease.run());
        return before != null && before.isJustBefore(lease)
                ? new JdbcJournal(before, lease)
                : new JdbcJournal(store, lease, entry -> appended.accept(lease.run(), entry));
    }

    private Surroundings surroundings(BusyTick tick, JdbcJournal journal, Loaded loaded) {
        return new Surroundings(
                new TickJournal(journal, tick),
                new JdbcInbox(store, tick),
                loaded.adapters(),
                settings.clock(),
                new LeaseGuard(tick, settings.clock(), closing));
    }

    private TickEnd end(BusyTick tick, JdbcJournal journal, Tick.Rest rest, int failures) {
        return switch (rest) {
            case Tick.Rest.Over over -> new TickEnd.Retire(over.status());
            case Tick.Rest.Lost _ ->
                release(tick, journal, closing.getAsBoolean() ? now() : backOff(failures), failures + 1);
            case Tick.Rest.Until until -> {
                if (journals.size() < MOST_REMEMBERED) {
                    journals.put(tick.lease().run(), journal);
                }
                yield release(tick, journal, notTooSoon(until.at(), journal), 0);
            }
        };
    }

    /** A tick that wants to go on at once must have written something, or it would spin. */
    private Instant notTooSoon(Instant at, JdbcJournal journal) {
        Instant soonest = now().plus(LEAST_REST);
        return journal.written() == 0 && at.isBefore(soonest) && !closing.getAsBoolean() ? soonest : at;
    }

    private TickEnd release(BusyTick tick, JdbcJournal journal, Instant at, int failures) {
        return new TickEnd.Release(at, tick.seenSignals(), failures, journal.status());
    }

    private TickEnd defect(BusyTick tick, JdbcJournal journal, int failures, Throwable cause) {
        String reason = "a defect stopped the tick, see the log: " + Redacted.sentence(cause);
        try {
            tick.shielded(() -> hold(journal, reason));
        } catch (RuntimeException e) {
            LOG.warn("{} could not be held: {}", tick.lease().run(), Redacted.sentence(e));
        }
        return new TickEnd.Release(
                backOff(failures + 2), tick.seenSignals(), failures + 1, Optional.of(RunStatus.HOLDING));
    }

    /** Once in a row: a defect that comes again at each tick must not fill the journal. */
    private boolean hold(JdbcJournal journal, String reason) {
        boolean already = journal.last().event() instanceof Held held && held.cause() == Held.Cause.DEFECT;
        return !already && hold(journal, Held.Cause.DEFECT, reason);
    }

    /** The room that the ballast left is for people and for the way back, not for going forward. */
    private boolean holdForFullDisk(RunId run, JdbcJournal journal) {
        return store.access().diskWasFull()
                && heldForDisk.add(run)
                && journal.entries().stream().noneMatch(entry -> entry.event() instanceof RollbackBegun)
                && hold(
                        journal,
                        Held.Cause.FAILURE,
                        "the disk under the journal is full: free some space, then resume; a roll-back still has room");
    }

    private boolean hold(JdbcJournal journal, Held.Cause cause, String reason) {
        Entry last = journal.last();
        boolean over = journal.known().stream().anyMatch(entry -> entry.event() instanceof Ended);
        return !over && journal.append(new Entry(last.seq() + 1, now(), new Held(cause, reason)), List.of());
    }

    private Instant backOff(int failures) {
        long millis = 250L << Math.min(failures, 10);
        return now().plus(Duration.ofMillis(Math.min(millis, LONGEST_BACK_OFF.toMillis())));
    }

    private Instant now() {
        return settings.clock().now();
    }

    /** Gives the lease back, or ends the run. When that fails, the row is found dead and freed later. */
    void settle(RunId run, long version, TickEnd end) {
        boolean interrupted = Thread.interrupted();
        try {
            boolean ours = settle(new Lease(run, version, worker), end);
            LOG.debug("run {} rests: {} {}", run, end, ours ? "" : "(was not ours)");
        } catch (RuntimeException e) {
            LOG.warn("the lease of {} could not be given back: {}", run, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean settle(Lease lease, TickEnd end) {
        return switch (end) {
            case TickEnd.Release release ->
                store.leases()
                        .release(lease, release.until(), now(), release.seen(), release.failures(), release.status());
            case TickEnd.Retire retire -> {
                loads.over(lease.run());
                yield store.leases().retire(lease, retire.status());
            }
            case TickEnd.Gone _ -> false;
        };
    }
}
