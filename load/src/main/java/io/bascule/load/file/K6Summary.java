package io.bascule.load.file;

import io.bascule.core.json.Json;
import io.bascule.load.LatencyHistogram;
import io.bascule.load.LoadResult;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A target's result with the names of k6's {@code --summary-export}, for what reads those: {@code http_reqs},
 * {@code http_req_duration}, {@code http_req_failed}. The durations are from when each request was due, which k6's are not.
 */
public final class K6Summary {

    private K6Summary() {}

    public static Map<String, @Nullable Object> of(LoadResult result) {
        double seconds = result.elapsed().toNanos() / 1e9;
        long good = result.requests() - result.failed();
        return Json.object(
                "metrics",
                Json.object(
                        "http_reqs",
                        Json.object(
                                "count", result.requests(), "rate", seconds > 0 ? result.requests() / seconds : null),
                        "http_req_duration",
                        times(result.response()),
                        "http_req_waiting",
                        times(result.service()),
                        "http_req_failed",
                        Json.object(
                                "passes",
                                result.failed(),
                                "fails",
                                good,
                                "value",
                                result.requests() == 0 ? null : result.failed() / (double) result.requests())));
    }

    private static SequencedMap<String, @Nullable Object> times(LatencyHistogram times) {
        return Json.object(
                "avg", times.meanMillis(),
                "min", times.percentileMillis(0),
                "med", times.percentileMillis(50),
                "max", times.percentileMillis(100),
                "p(90)", times.percentileMillis(90),
                "p(95)", times.percentileMillis(95),
                "p(99)", times.percentileMillis(99),
                "p(99.9)", times.percentileMillis(99.9));
    }
}
