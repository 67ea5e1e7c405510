package io.bascule.engine;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every 250 ms, by one query for all busy ticks, whether somebody wants one to go back: then its call is
 * interrupted, again at each look until the tick has read the order. A tick that is on the way back already is left
 * alone.
 */
final class Preemption implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Preemption.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    private final JdbcStore store;
    private final String worker;
    private final BusyTicks busy;
    private final BooleanSupplier closing;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("bascule-preemption").unstarted(this::watch);
    private volatile boolean closed;

    Preemption(JdbcStore store, String worker, BusyTicks busy, BooleanSupplier closing) {
        this.store = store;
        this.worker = worker;
        this.busy = busy;
        this.closing = closing;
    }

    void start() {
        thread.start();
    }

    private void watch() {
        while (!closed) {
            try {
                Thread.sleep(EVERY);
                if (!busy.isEmpty()) {
                    look();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.debug("no look at the signals: {}", e.getMessage());
            }
        }
    }

    private void look() {
        if (closing.getAsBoolean()) {
            busy.all().forEach(BusyTick::interrupt);
            return;
        }
        Map<String, Long> signals = store.leases().signalsOf(worker);
        for (BusyTick tick : busy.all()) {
            long given = signals.getOrDefault(tick.lease().run().text(), 0L);
            if (!tick.goingBack()
                    && given > tick.seenSignals()
                    && store.urgentOrderAfter(tick.lease().run(), tick.lastOrder())) {
                tick.interrupt();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
