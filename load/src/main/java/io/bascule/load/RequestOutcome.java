package io.bascule.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the requests of one name.
 *
 * @param requests those that ended, failed ones included
 * @param failed those that failed
 * @param errors failed requests by kind, those with none left out
 * @param response from when each was due to its end, less the time parked; failed requests included
 */
public record RequestOutcome(long requests, long failed, Map<ErrorKind, Long> errors, LatencyHistogram response) {

    /** Copies the errors. */
    public RequestOutcome {
        var copy = new EnumMap<ErrorKind, Long>(ErrorKind.class);
        copy.putAll(errors);
        errors = Collections.unmodifiableMap(copy);
    }

    /** Both as one. Exact, and in any order the same. */
    public RequestOutcome add(RequestOutcome other) {
        var all = new EnumMap<ErrorKind, Long>(ErrorKind.class);
        all.putAll(errors);
        other.errors.forEach((kind, count) -> all.merge(kind, count, Long::sum));
        return new RequestOutcome(requests + other.requests, failed + other.failed, all, response.add(other.response));
    }
}
