package io.bascule.engine;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every 50 ms, without any input or output of its own that could hang: a tick whose lease is nearly dead is
 * lost and its call interrupted; a wall clock that jumped forward costs every tick its lease.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final double TOO_OLD = 0.6;
    private static final long EVERY_NANOS = 50_000_000;

    private final BusyTicks busy;
    private final AnchoredClock clock;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("bascule-watchdog").unstarted(this::watch);
    private volatile boolean closed;

    Watchdog(BusyTicks busy, AnchoredClock clock) {
        this.busy = busy;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    private void watch() {
        while (!closed) {
            look();
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private void look() {
        AnchoredClock.Wall wall = clock.compare();
        if (wall != AnchoredClock.Wall.TOGETHER) {
            LOG.warn("the wall clock {}", wall == AnchoredClock.Wall.JUMPED_BACK ? "jumped back" : "jumped forward");
        }
        for (BusyTick tick : busy.all()) {
            if (wall == AnchoredClock.Wall.JUMPED_FORWARD || tick.fractionDead() > TOO_OLD) {
                if (!tick.lost()) {
                    LOG.warn(
                            "the lease of {} is too old: its tick ends",
                            tick.lease().run());
                }
                tick.lose();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
