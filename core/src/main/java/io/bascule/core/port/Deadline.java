package io.bascule.core.port;

import java.time.Duration;
import java.time.Instant;

/** The latest instant at which a call may still return, by the run's clock. */
public record Deadline(Instant at) {
    public static Deadline after(Instant now, Duration timeOut) {
        return new Deadline(now.plus(timeOut));
    }

    public Duration left(Instant now) {
        Duration left = Duration.between(now, at);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
