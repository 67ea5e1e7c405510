package io.bascule.load;

import java.time.Duration;
import java.time.Instant;

/** The moment arrival 0 is due, on both clocks. */
record RunStart(long nanos, Instant instant) {

    /** This long from now. */
    static RunStart in(Duration lead) {
        return new RunStart(System.nanoTime() + lead.toNanos(), Instant.now().plus(lead));
    }

    /** The wall clock's time at a value of {@link System#nanoTime()}. */
    Instant at(long when) {
        return instant.plusNanos(when - nanos);
    }

    RunStart plus(Duration later) {
        return new RunStart(nanos + later.toNanos(), instant.plus(later));
    }
}
