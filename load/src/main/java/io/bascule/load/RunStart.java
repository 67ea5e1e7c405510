package io.bascule.load;

import java.time.Instant;

/** The moment arrival 0 is due, on both clocks. */
record RunStart(long nanos, Instant instant) {

    /** The wall clock's time at a value of {@link System#nanoTime()}. */
    Instant at(long when) {
        return instant.plusNanos(when - nanos);
    }
}
