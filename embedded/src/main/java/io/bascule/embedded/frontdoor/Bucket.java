package io.bascule.embedded.frontdoor;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.PackedHistogram;

/**
 * What one side did in a stretch of time: requests completed, failures by kind, time the side took in microseconds
 * (1 % precision, at most two minutes), how long its writes had been parked. Not safe for threads.
 */
final class Bucket {
    private static final long MICROS_MAX = 120_000_000;

    private final PackedHistogram micros = new PackedHistogram(1, MICROS_MAX, 2);
    private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
    private long requests;
    private long writes;
    private long wasParked;
    private long pauseMillisMax;

    void add(long tookMicros, boolean write) {
        requests++;
        writes += write ? 1 : 0;
        micros.recordValue(Math.clamp(tookMicros, 1, MICROS_MAX));
    }

    /** A request that no side has seen: counted, but it took no side any time. */
    void addUnsent(boolean write) {
        requests++;
        writes += write ? 1 : 0;
    }

    void addFailure(Failure failure) {
        failures.merge(failure, 1L, Long::sum);
    }

    void addPause(long millis) {
        wasParked++;
        pauseMillisMax = Math.max(pauseMillisMax, millis);
    }

    void addAll(Bucket other) {
        requests += other.requests;
        writes += other.writes;
        wasParked += other.wasParked;
        pauseMillisMax = Math.max(pauseMillisMax, other.pauseMillisMax);
        other.failures.forEach((kind, count) -> failures.merge(kind, count, Long::sum));
        micros.add(other.micros);
    }

    long requests() {
        return requests;
    }

    long writes() {
        return writes;
    }

    long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<Failure, Long> failures() {
        return failures;
    }

    long wasParked() {
        return wasParked;
    }

    long pauseMillisMax() {
        return pauseMillisMax;
    }

    long measured() {
        return micros.getTotalCount();
    }

    /** @param percentile 0 to 100 */
    double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
