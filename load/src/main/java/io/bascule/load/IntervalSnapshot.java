package io.bascule.load;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One second of a run, for charts and for judging while it lasts. A request belongs to the second in which it ended, so a
 * second never changes afterwards; one in which nothing ended has no percentiles.
 *
 * @param from when it began
 * @param length one second; less for the last of a run
 * @param arrivals requests that became due and were picked up
 * @param requests requests that ended, failed ones included
 * @param failed requests that ended in failure
 * @param response response times of those that ended, less the time parked; failed requests included
 * @param success the same of those that succeeded
 */
public record IntervalSnapshot(
        Instant from,
        Duration length,
        long arrivals,
        long requests,
        long failed,
        LatencyHistogram response,
        LatencyHistogram success) {

    /** Median response time in milliseconds; null if nothing ended. */
    public @Nullable Double p50Millis() {
        return response.percentileMillis(50);
    }

    /** 95th percentile of the response time in milliseconds; null if nothing ended. */
    public @Nullable Double p95Millis() {
        return response.percentileMillis(95);
    }

    /** 99th percentile of the response time in milliseconds; null if nothing ended. */
    public @Nullable Double p99Millis() {
        return response.percentileMillis(99);
    }

    /** Both as one: the same second of parts of one load. Exact, and in any order the same. */
    public IntervalSnapshot add(IntervalSnapshot other) {
        LatencyHistogram all = response.add(other.response);
        return new IntervalSnapshot(
                from,
                length.compareTo(other.length) >= 0 ? length : other.length,
                arrivals + other.arrivals,
                requests + other.requests,
                failed + other.failed,
                all,
                isFlawless() && other.isFlawless() ? all : success.add(other.success));
    }

    /** Nothing failed, so that one histogram is both, and kept once. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isFlawless() {
        return success == response;
    }
}
