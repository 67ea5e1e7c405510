package io.bascule.load;

import java.util.concurrent.TimeUnit;

/**
 * How long before an arrival is due the loop stops sleeping: as long as nine wakings in ten take, and at most a third of the
 * time between two arrivals. An idle machine takes its time to wake; on a busy one waking is quick, and who stays awake
 * there for longer than needed is made to wait by the scheduler when it matters.
 */
final class Wakefulness {

    private static final long LEAST = TimeUnit.MICROSECONDS.toNanos(5);
    private static final long MOST = TimeUnit.MICROSECONDS.toNanos(60);

    /** What one waking in time takes away; one that was too slow adds nine times as much. */
    private static final long STEP = 100;

    private long nanos = MOST;
    private long dueNanos;
    private long gapNanos = Long.MAX_VALUE;
    private long wakeNanos = Long.MAX_VALUE;

    /** When to wake for what is due then. */
    long wakeFor(long due) {
        if (due != dueNanos) {
            gapNanos = due - dueNanos;
            dueNanos = due;
        }
        return due - Math.min(nanos, gapNanos / 3);
    }

    /** The loop goes to sleep until then. */
    void sleeps(long until) {
        wakeNanos = until;
    }

    /** The loop is awake; if it had not slept, this says nothing. */
    void awake(long now) {
        if (wakeNanos != Long.MAX_VALUE) {
            nanos = Math.clamp(now - wakeNanos > nanos ? nanos + 9 * STEP : nanos - STEP, LEAST, MOST);
            wakeNanos = Long.MAX_VALUE;
        }
    }
}
