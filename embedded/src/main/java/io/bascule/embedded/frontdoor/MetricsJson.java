package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.TrafficWindow.PerSide;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the control API's metrics. */
final class MetricsJson {
    private MetricsJson() {}

    static TrafficWindow window(Map<String, @Nullable Object> json) {
        return new TrafficWindow(
                perSide(json, Side.SOURCE),
                perSide(json, Side.TARGET),
                need(json, "parked"),
                need(json, "writesInFlight"));
    }

    private static PerSide perSide(Map<String, @Nullable Object> json, Side side) {
        Map<String, @Nullable Object> counters = object(json, side.word());
        return new PerSide(
                need(counters, "requests"),
                need(counters, "failed"),
                need(object(json, "openConnections"), side.word()),
                (int) need(object(json, "healthy"), side.word()),
                need(object(json, "sticky"), side.word()));
    }

    /** {@link Sample.Absent} when the door has no such series, or nothing passed in the window. */
    static Sample sample(Metric.Kind kind, Map<String, @Nullable Object> json, Side side) {
        Map<String, @Nullable Object> counters = object(json, side.word());
        long requests = need(counters, "requests");
        OptionalDouble value = switch (kind) {
            case Metric.Rate(String numerator, String denominator) ->
                ratio(number(counters, numerator), number(counters, denominator));
            case Metric.Percentile _ -> number(counters, "percentileMillis");
            case Metric.Gauge(String series) -> gauge(json, counters, side, series);
        };
        return value.isPresent() ? new Sample.Value(value.getAsDouble(), requests) : new Sample.Absent(requests);
    }

    private static OptionalDouble ratio(OptionalDouble numerator, OptionalDouble denominator) {
        if (numerator.isEmpty() || denominator.isEmpty() || denominator.getAsDouble() == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble());
    }

    private static OptionalDouble gauge(
            Map<String, @Nullable Object> json, Map<String, @Nullable Object> counters, Side side, String series) {
        OptionalDouble own = number(counters, series);
        if (own.isPresent()) {
            return own;
        }
        return json.get(series) instanceof Map<?, ?> ? number(object(json, series), side.word()) : number(json, series);
    }

    private static OptionalDouble number(Map<String, @Nullable Object> json, String key) {
        return switch (json.get(key)) {
            case Long whole -> OptionalDouble.of(whole);
            case BigDecimal decimal -> OptionalDouble.of(decimal.doubleValue());
            case null, default -> OptionalDouble.empty();
        };
    }

    private static long need(Map<String, @Nullable Object> json, String key) {
        if (json.get(key) instanceof Long whole) {
            return whole;
        }
        throw new IllegalArgumentException(key + " is missing");
    }

    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> json, String key) {
        if (!(json.get(key) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(key + " is missing");
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        map.forEach((name, value) -> out.put(String.valueOf(name), value));
        return out;
    }
}
