package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run found, or a part of it. What was not measured is null, never 0.
 *
 * @param target what was loaded
 * @param offeredPerSecond arrivals per second of the profile, on average; null in the closed model, which offers nothing:
 *     there the target's speed decides
 * @param achievedPerSecond arrivals per second for which a connection was at hand or was tried for, over the time they
 *     took to be picked up; null before the first instant
 * @param elapsed how long requests arrived
 * @param requests completed requests, failed ones included
 * @param failed failed requests
 * @param errors failed requests by kind, those with none left out
 * @param abandoned requests cut off by a stop, in no other number of this result
 * @param response from the intended start to the end, less the time parked; failed requests included
 * @param success the response times of requests that succeeded
 * @param service from the write to the end, less the time parked; requests never written are left out
 * @param lateness from the intended start until the generator picked the arrival up: its own fault, whatever the target
 *     does. Waiting for a connection is not in it
 * @param parked how long the front door held requests back, those that it did
 */
public record LoadResult(
        URI target,
        @Nullable Double offeredPerSecond,
        @Nullable Double achievedPerSecond,
        Duration elapsed,
        long requests,
        long failed,
        Map<ErrorKind, Long> errors,
        long abandoned,
        LatencyHistogram response,
        LatencyHistogram success,
        LatencyHistogram service,
        LatencyHistogram lateness,
        LatencyHistogram parked) {

    /** Copies the errors. */
    public LoadResult {
        var copy = new EnumMap<ErrorKind, Long>(ErrorKind.class);
        copy.putAll(errors);
        errors = Collections.unmodifiableMap(copy);
    }

    /** Whether the numbers speak of the target, and why (not). */
    public Validity validity() {
        return Validity.of(this);
    }

    /**
     * Both results as one: parts of one load on the same target at the same time, so rates add up. Exact, and in any order
     * the same. Throws {@link IllegalArgumentException} if the targets differ.
     */
    public LoadResult add(LoadResult other) {
        if (!target.equals(other.target)) {
            throw new IllegalArgumentException("results of different targets: " + target + ", " + other.target);
        }
        var allErrors = new EnumMap<ErrorKind, Long>(ErrorKind.class);
        allErrors.putAll(errors);
        other.errors.forEach((kind, count) -> allErrors.merge(kind, count, Long::sum));
        return new LoadResult(
                target,
                sum(offeredPerSecond, other.offeredPerSecond),
                sum(achievedPerSecond, other.achievedPerSecond),
                elapsed.compareTo(other.elapsed) >= 0 ? elapsed : other.elapsed,
                requests + other.requests,
                failed + other.failed,
                allErrors,
                abandoned + other.abandoned,
                response.add(other.response),
                success.add(other.success),
                service.add(other.service),
                lateness.add(other.lateness),
                parked.add(other.parked));
    }

    /** The fields of a {@code load.result} line, in its order; times in milliseconds. */
    public Map<String, @Nullable Object> toJson() {
        Validity validity = validity();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("type", "load.result");
        json.put("target", target.toString());
        json.put("offeredPerSecond", offeredPerSecond == null ? null : rounded(offeredPerSecond));
        json.put("achievedPerSecond", achievedPerSecond == null ? null : rounded(achievedPerSecond));
        json.put("requests", requests);
        json.put("failed", failed);
        json.put("errors", errorsJson());
        json.put("responseMillis", json(response.percentiles()));
        json.put("serviceMillis", json(service.percentiles()));
        json.put("latenessMillis", json(lateness.percentiles()));
        json.put("validity", validity.label());
        json.put("why", validity.why());
        return json;
    }

    private Map<String, Long> errorsJson() {
        var json = new LinkedHashMap<String, Long>();
        errors.forEach((kind, count) -> json.put(kind.label(), count));
        return json;
    }

    /** The customary percentiles as in {@link #toJson}; all null if there are no times. */
    public static Map<String, @Nullable Object> percentilesJson(LatencyHistogram times) {
        return json(times.percentiles());
    }

    private static Map<String, @Nullable Object> json(@Nullable Percentiles of) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("p50", of == null ? null : of.p50());
        json.put("p90", of == null ? null : of.p90());
        json.put("p95", of == null ? null : of.p95());
        json.put("p99", of == null ? null : of.p99());
        json.put("p999", of == null ? null : of.p999());
        json.put("max", of == null ? null : of.max());
        return json;
    }

    private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a + b;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
