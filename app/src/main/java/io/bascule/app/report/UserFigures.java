package io.bascule.app.report;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the users of a demo's world measured themselves. Latencies are in milliseconds and without time parked, which
 * is the write pause.
 */
public final class UserFigures {
    private final Map<String, @Nullable Object> json;
    private final List<Second> seconds = new ArrayList<>();

    /** One second as one side's answers were seen. */
    public record Second(long at, String side, long requests, long failed, Histogram latency) {}

    /** Percentiles of a stretch of time, one side. */
    public record Latency(long requests, long failed, double p50, double p95, double p99) {}

    /** @param json the world's last words, as {@code world.json}'s settle answer */
    public UserFigures(Map<String, @Nullable Object> json) {
        this.json = json;
        if (json.get("seconds") instanceof List<?> list) {
            list.forEach(item -> {
                if (item instanceof Map<?, ?> second) {
                    seconds.add(second(second));
                }
            });
        }
    }

    private static Second second(Map<?, ?> map) {
        byte[] bytes = Base64.getDecoder().decode(String.valueOf(map.get("hdr")));
        try {
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
            return new Second(
                    whole(map.get("at")),
                    String.valueOf(map.get("side")),
                    whole(map.get("requests")),
                    whole(map.get("failed")),
                    histogram);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a second of the users' figures cannot be read", e);
        }
    }

    private static long whole(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    /** A figure by its name; empty when it was not measured. */
    public Optional<Number> figure(String name) {
        return Optional.ofNullable(json.get(name) instanceof Number number ? number : null);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(json.get(name)).map(String::valueOf);
    }

    public List<Second> seconds() {
        return List.copyOf(seconds);
    }

    /** By side's word: what users saw from one instant to another, in whole seconds that lie inside. */
    public Map<String, Latency> between(Instant from, Instant to) {
        TreeMap<String, Histogram> bySide = new TreeMap<>();
        TreeMap<String, long[]> counts = new TreeMap<>();
        for (Second second : seconds) {
            if (second.at() >= from.getEpochSecond() && second.at() < to.getEpochSecond()) {
                bySide.computeIfAbsent(second.side(), _ -> new Histogram(120_000_000L, 2))
                        .add(second.latency());
                long[] count = counts.computeIfAbsent(second.side(), _ -> new long[2]);
                count[0] += second.requests();
                count[1] += second.failed();
            }
        }
        TreeMap<String, Latency> latencies = new TreeMap<>();
        bySide.forEach((side, histogram) -> {
            long[] count = counts.getOrDefault(side, new long[2]);
            latencies.put(
                    side,
                    new Latency(
                            count[0],
                            count[1],
                            histogram.getValueAtPercentile(50) / 1000.0,
                            histogram.getValueAtPercentile(95) / 1000.0,
                            histogram.getValueAtPercentile(99) / 1000.0));
        });
        return latencies;
    }
}
