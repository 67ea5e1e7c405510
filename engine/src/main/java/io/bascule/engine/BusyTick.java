package io.bascule.engine;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import java.util.function.Supplier;

/**
 * A tick under way, as the threads around it see it. Those may interrupt its thread, but never while it talks to the
 * store (a store that was interrupted is in doubt for nothing) and never after it has ended.
 */
final class BusyTick {
    private final Lease lease;
    private final CurrentlyExecuting executing;
    private final Thread thread = Thread.currentThread();
    private volatile boolean lost;
    private volatile long seenSignals;
    private volatile long lastOrder = Long.MAX_VALUE;
    private volatile boolean goingBack;
    private boolean open = true;
    private boolean shielded;

    BusyTick(Lease lease, CurrentlyExecuting executing, long seenSignals) {
        this.lease = lease;
        this.executing = executing;
        this.seenSignals = seenSignals;
    }

    Lease lease() {
        return lease;
    }

    @SuppressWarnings("ReferenceEquality") // a later execution of the same run is another one
    boolean isOf(CurrentlyExecuting other) {
        return executing == other;
    }

    double fractionDead() {
        return executing.getHeartbeatState().getFractionDead();
    }

    /** The lease is gone or no longer safe. The tick ends; nothing more is sent. */
    void lose() {
        lost = true;
        interrupt();
    }

    boolean lost() {
        return lost;
    }

    /** Ends a call under way: it returns Unknown. Without effect in the store and after the end. */
    synchronized void interrupt() {
        if (open && !shielded) {
            thread.interrupt();
        }
    }

    /** Does something with the store, undisturbed. */
    <T> T shielded(Supplier<T> work) {
        shield(true);
        try {
            return work.get();
        } finally {
            shield(false);
        }
    }

    private synchronized void shield(boolean on) {
        shielded = on;
        if (on) {
            Thread.interrupted(); // whoever still wants it interrupts again
        } else if (lost) {
            thread.interrupt();
        }
    }

    /** Called by the tick's own thread: no interrupt reaches it as this tick any more. */
    synchronized void end() {
        open = false;
        Thread.interrupted();
    }

    void sawSignals(long signals) {
        seenSignals = signals;
    }

    long seenSignals() {
        return seenSignals;
    }

    void sawOrder(long id) {
        lastOrder = id;
    }

    /** The last order the tick has read; above every order as long as it has read none. */
    long lastOrder() {
        return lastOrder;
    }

    /** From here on an order to go back changes nothing, and must not disturb the way back. */
    void goesBack() {
        goingBack = true;
    }

    boolean goingBack() {
        return goingBack;
    }
}
