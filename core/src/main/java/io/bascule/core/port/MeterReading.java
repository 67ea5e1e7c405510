package io.bascule.core.port;

import java.time.Instant;
import java.util.List;

/** What a meter answers for a stretch of time. */
public sealed interface MeterReading {

    /**
     * The authority answered.
     *
     * @param samples oldest first; empty when it knows none. One that is not there is absent, never 0
     * @param missing how many more samples that time would have
     */
    record Told(List<At> samples, int missing) implements MeterReading {
        public Told {
            samples = List.copyOf(samples);
        }
    }

    /**
     * The authority could not be asked, or its answer not understood.
     *
     * @param again whether asking again may help
     */
    record Failed(String why, boolean again) implements MeterReading {}

    /** @param at when it was taken, or when the period that it is of began */
    record At(Instant at, double value) {}
}
