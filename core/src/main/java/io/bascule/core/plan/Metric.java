package io.bascule.core.plan;

import java.util.OptionalLong;

/**
 * Something measured on each side. Rates are fractions (0.01 is one percent), times are milliseconds.
 *
 * @param from the entrance or metric source that has it
 * @param zeroWhenRequests absence of the series means 0 once the side had at least so many requests in the window;
 *     empty: absence is NO_DATA
 */
public record Metric(String name, String from, Kind kind, OptionalLong zeroWhenRequests) {

    public sealed interface Kind {}

    /** A rate of two counters, such as {@code failed / requests}. */
    public record Rate(String numerator, String denominator) implements Kind {}

    /** A percentile of latency, 0 to 100. */
    public record Percentile(double percentile) implements Kind {}

    /** A value as the source has it. */
    public record Gauge(String series) implements Kind {}
}
