package io.bascule.aws.numbers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A window as it is asked for.
 *
 * @param notBefore when the weights were last changed: what passed before says nothing about now
 */
public record Span(Instant from, Instant to, Instant notBefore) {

    /** The window that can be read: earlier by the delay, in whole periods, nothing from before the last change. */
    Optional<Span> read(Duration delay, Duration period) {
        Instant start = up(later(from.minus(delay), notBefore), period);
        Instant end = down(to.minus(delay), period);
        return start.isBefore(end) ? Optional.of(new Span(start, end, notBefore)) : Optional.empty();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant down(Instant at, Duration period) {
        long millis = period.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
    }

    /** Adjacent windows share a border and no period: both round down, but a change of weights rounds up. */
    private Instant up(Instant at, Duration period) {
        Instant down = down(at, period);
        return at.equals(notBefore) && down.isBefore(at) ? down.plus(period) : down;
    }
}
