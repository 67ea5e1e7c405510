package io.bascule.engine;

import io.bascule.core.run.RunId;
import io.bascule.core.run.Tick;
import java.time.Duration;
import java.util.Set;

/**
 * How a worker works.
 *
 * @param heartbeat interval of the signs of life
 * @param missed so many missing ones make a worker dead, at least 4
 * @param polling how often the store is asked for due runs
 * @param threads how many runs may be busy at once
 * @param shutdownWait how long a closing worker waits for its ticks before it interrupts them again
 * @param only the runs this worker takes; empty: every run
 * @param promise for how long a message is tried before it is given up
 * @param delivers whether it sends the messages in the outbox
 * @param tick what is run for a due run
 * @param clock the worker's time
 */
public record EngineSettings(
        Duration heartbeat,
        int missed,
        Duration polling,
        int threads,
        Duration shutdownWait,
        Set<RunId> only,
        Duration promise,
        boolean delivers,
        TickFunction tick,
        AnchoredClock clock) {

    public EngineSettings {
        only = Set.copyOf(only);
        if (missed < 4) {
            throw new IllegalArgumentException("at least 4 heartbeats may be missed: " + missed);
        }
    }

    /** The measured settings for a store. */
    public static EngineSettings of(JdbcStore store) {
        boolean file = store.access().dialect() == Dialect.SQLITE;
        return new EngineSettings(
                Duration.ofSeconds(2),
                6,
                Duration.ofMillis(file ? 250 : 1_000),
                file ? 16 : 32,
                Duration.ofSeconds(5),
                Set.of(),
                Duration.ofMinutes(10),
                true,
                Tick::run,
                new AnchoredClock());
    }

    public EngineSettings withHeartbeat(Duration interval, int limit) {
        return new EngineSettings(
                interval, limit, polling, threads, shutdownWait, only, promise, delivers, tick, clock);
    }

    public EngineSettings withPolling(Duration interval) {
        return new EngineSettings(
                heartbeat, missed, interval, threads, shutdownWait, only, promise, delivers, tick, clock);
    }

    public EngineSettings withThreads(int count) {
        return new EngineSettings(
                heartbeat, missed, polling, count, shutdownWait, only, promise, delivers, tick, clock);
    }

    /** For a command in the foreground, which must not take up other runs that somebody has stopped. */
    public EngineSettings withOnly(RunId... runs) {
        return new EngineSettings(
                heartbeat, missed, polling, threads, shutdownWait, Set.of(runs), promise, delivers, tick, clock);
    }

    public EngineSettings withDelivery(boolean on) {
        return new EngineSettings(heartbeat, missed, polling, threads, shutdownWait, only, promise, on, tick, clock);
    }

    public EngineSettings withTick(TickFunction function) {
        return new EngineSettings(
                heartbeat, missed, polling, threads, shutdownWait, only, promise, delivers, function, clock);
    }

    public EngineSettings withClock(AnchoredClock time) {
        return new EngineSettings(
                heartbeat, missed, polling, threads, shutdownWait, only, promise, delivers, tick, time);
    }
}
