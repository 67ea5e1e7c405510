package io.bascule.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The ticks under way in this worker. */
final class BusyTicks {
    private final Set<BusyTick> ticks = ConcurrentHashMap.newKeySet();

    void enter(BusyTick tick) {
        ticks.add(tick);
    }

    void leave(BusyTick tick) {
        ticks.remove(tick);
        tick.end();
    }

    Set<BusyTick> all() {
        return Set.copyOf(ticks);
    }

    boolean isEmpty() {
        return ticks.isEmpty();
    }
}
