package io.bascule.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One event loop's arrivals: every {@code stride}-th of the run's, from the loop's own index on. */
final class Pace {

    private final ConstantRate rate;
    private final @Nullable Duration duration;
    private final int stride;
    private final long startNanos;
    private long next;
    private long end;
    private long lastPickUpNanos;
    private @Nullable Long stoppedNanos;

    Pace(LoadProfile profile, RunStart start, int index) {
        rate = profile.arrivals();
        duration = profile.duration();
        stride = profile.eventLoops();
        startNanos = start.nanos();
        next = index;
        end = duration == null ? Long.MAX_VALUE : rate.arrivalsBefore(duration.toNanos());
        lastPickUpNanos = startNanos;
    }

    /** Whether no arrival is left. */
    boolean over() {
        return next >= end;
    }

    /** When the next arrival is due. */
    long nextNanos() {
        return intendedNanos(next);
    }

    /** When an arrival is due. */
    long intendedNanos(long arrival) {
        return startNanos + rate.intendedNanos(arrival);
    }

    /** Picks up the next arrival and says which. */
    long pickUp(long now) {
        long arrival = next;
        next += stride;
        lastPickUpNanos = now;
        return arrival;
    }

    /** No arrival is left from now on. Those due and not yet picked up are a shortfall that the achieved rate shows. */
    void stop(long now) {
        if (!over()) {
            end = next;
            stoppedNanos = now;
        }
    }

    /** How long arrivals have come by now: longer than planned if the loop fell behind. */
    long elapsedNanos(long now) {
        if (stoppedNanos != null) {
            return stoppedNanos - startNanos;
        }
        if (duration == null || !over()) {
            return now - startNanos;
        }
        return Math.max(duration.toNanos(), lastPickUpNanos - startNanos);
    }
}
