package io.bascule.app.meters;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.port.MeterReading.At;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The samples of one series in an answer of Prometheus' {@code /api/v1/query} or {@code query_range}. */
final class PrometheusAnswer {
    private PrometheusAnswer() {}

    /** @throws IllegalArgumentException when it is none, or not one series; the message says what was expected */
    static List<At> samples(String text) {
        try {
            if (Json.parse(text) instanceof Map<?, ?> map && map.get("data") instanceof Map<?, ?> data) {
                return samples(data);
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("expected a Prometheus answer with 'data'");
    }

    static List<At> samples(Map<?, ?> data) {
        if (!(data.get("result") instanceof List<?> series) || series.size() > 1) {
            String found = data.get("result") instanceof List<?> all ? ", found " + all.size() : "";
            throw new IllegalArgumentException(
                    "expected one series in a Prometheus answer" + found + "; aggregate it, as with avg(...)");
        }
        if (series.isEmpty()) {
            return List.of();
        }
        if (!(series.getFirst() instanceof Map<?, ?> one)) {
            throw new IllegalArgumentException("expected a series with 'values'");
        }
        List<?> values = one.get("values") instanceof List<?> range
                ? range
                : List.of(Optional.ofNullable((Object) one.get("value")).orElse(""));
        List<At> samples = new ArrayList<>();
        for (Object pair : values) {
            if (!(pair instanceof List<?> both) || both.size() != 2) {
                throw new IllegalArgumentException("expected pairs of time and value");
            }
            if (!"NaN".equals(both.get(1))) { // nothing was there to divide by
                samples.add(new At(instant(both.get(0)), number(both.get(1))));
            }
        }
        return samples;
    }

    private static Instant instant(@Nullable Object written) {
        return Instant.ofEpochMilli(Math.round(number(written) * 1000));
    }

    private static double number(@Nullable Object written) {
        return Written.number(written)
                .orElseThrow(() -> new IllegalArgumentException("'" + written + "' is no number"));
    }
}
