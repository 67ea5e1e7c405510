package io.bascule.load;

import java.time.Duration;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/** One event loop's arrivals: every {@code stride}-th of the schedule's, from the loop's own number on. */
final class Pace {

    private final PrimitiveIterator.OfLong due;
    private final @Nullable Duration lasts;
    private final long warmUpNanos;
    private final long stride;
    private final long startNanos;
    private long next;
    private long nextNanos;
    private boolean over;
    private long lastPickUpNanos;
    private @Nullable Long stoppedNanos;

    Pace(LoadProfile profile, RunStart start, int index) {
        Arrivals arrivals = profile.arrivals().after(profile.warmUp());
        due = arrivals.due();
        lasts = arrivals.lasts();
        warmUpNanos = profile.warmUp().toNanos();
        stride = (long) profile.eventLoops() * profile.share().of();
        startNanos = start.nanos();
        lastPickUpNanos = startNanos;
        next = -1;
        if (!(arrivals instanceof Arrivals.Closed)) {
            skip(profile.share().index() + (long) index * profile.share().of() + 1);
        }
    }

    /** Whether no arrival is left. */
    boolean over() {
        return over;
    }

    /** When the next arrival is due. */
    long nextNanos() {
        return nextNanos;
    }

    /** Picks up the next arrival and says which. */
    long pickUp(long now) {
        long arrival = next;
        lastPickUpNanos = now;
        skip(stride);
        return arrival;
    }

    /** No arrival is left from now on. Those due and not yet picked up are a shortfall that the achieved rate shows. */
    void stop(long now) {
        if (!over) {
            over = true;
            stoppedNanos = now;
        }
    }

    /** The time is up: in the closed model nobody asks again. */
    void end() {
        over = true;
    }

    /** How long arrivals come, warm-up included; null for endless. */
    @Nullable
    Duration lasts() {
        return lasts;
    }

    /** How long arrivals have come by now, warm-up left out: longer than planned if the loop fell behind. */
    long elapsedNanos(long now) {
        return Math.max(0, elapsedAllNanos(now) - warmUpNanos);
    }

    private long elapsedAllNanos(long now) {
        if (stoppedNanos != null) {
            return stoppedNanos - startNanos;
        }
        if (lasts == null || !over) {
            return now - startNanos;
        }
        return Math.max(lasts.toNanos(), lastPickUpNanos - startNanos);
    }

    private void skip(long steps) {
        for (long i = 0; i < steps; i++) {
            if (!due.hasNext()) {
                over = true;
                return;
            }
            nextNanos = startNanos + due.nextLong();
            next++;
        }
    }
}
