package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what passes. Safe for threads. */
final class Meter {
    private final SideMeter source;
    private final SideMeter target;
    private final AtomicLong abandoned = new AtomicLong();
    private final AtomicLong clients = new AtomicLong();

    Meter(InstantSource clock) {
        source = new SideMeter(clock);
        target = new SideMeter(clock);
    }

    SideMeter of(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /** Parked writes whose client went away: never sent. */
    AtomicLong abandoned() {
        return abandoned;
    }

    /** Client connections open now. */
    AtomicLong clients() {
        return clients;
    }
}
