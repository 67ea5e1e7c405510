package io.bascule.core.judge;

import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The samples of one window, by metric and side. */
public final class Samples {
    private final Map<String, Sample> samples = new HashMap<>();

    /** The key in journals: {@code p95@target}. */
    public static String key(String metric, Side side) {
        return metric + "@" + side.word();
    }

    public void put(String metric, Side side, Sample sample) {
        samples.put(key(metric, side), sample);
    }

    public Optional<Sample> get(String metric, Side side) {
        return Optional.ofNullable(samples.get(key(metric, side)));
    }

    /** The value, with a declared absence counted as 0; empty when there is none. */
    public Optional<Double> value(Metric metric, Side side) {
        Sample sample = samples.get(key(metric.name(), side));
        return switch (sample) {
            case null -> Optional.empty();
            case Sample.Value value -> Optional.of(value.value());
            case Sample.Absent absent ->
                metric.zeroWhenRequests().isPresent()
                                && absent.requests()
                                        >= metric.zeroWhenRequests().getAsLong()
                        ? Optional.of(0.0)
                        : Optional.empty();
            case Sample.Failed _ -> Optional.empty();
        };
    }
}
