package io.bascule.load;

import java.util.concurrent.TimeUnit;

/**
 * Arrivals at a constant rate in closed form, so that no rounding adds up: arrival {@code i} is due at {@code i / rate}.
 *
 * @param perSecond arrivals per second, above 0
 */
record ConstantRate(double perSecond) {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** When arrival {@code i} is due, in nanoseconds after the start. */
    long intendedNanos(long i) {
        return (long) (i * NANOS_PER_SECOND / perSecond);
    }

    /** How many arrivals are due before this many nanoseconds after the start: arrivals 0 to result - 1. */
    long arrivalsBefore(long nanos) {
        long guess = (long) Math.ceil(nanos * perSecond / NANOS_PER_SECOND);
        while (guess > 0 && intendedNanos(guess - 1) >= nanos) {
            guess--;
        }
        while (intendedNanos(guess) < nanos) {
            guess++;
        }
        return guess;
    }
}
