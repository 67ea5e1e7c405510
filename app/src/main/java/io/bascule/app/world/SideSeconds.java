package io.bascule.app.world;

import io.bascule.core.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * What the users saw, second by second and by the side that answered them. Each second's latencies are kept as a
 * whole histogram (microseconds), so that any stretch of time can be added up exactly. Thread-safe.
 */
final class SideSeconds {
    private static final long LONGEST_MICROS = 120_000_000L;
    private final TreeMap<Long, Map<String, Bucket>> seconds = new TreeMap<>();

    private static final class Bucket {
        final Histogram latency = new Histogram(1, LONGEST_MICROS, 2);
        long requests;
        long failed;
    }

    /** @param side the word of the side that answered; {@code none} when nobody did */
    synchronized void add(long epochSecond, String side, long latencyMicros, boolean failed) {
        Bucket bucket =
                seconds.computeIfAbsent(epochSecond, _ -> new TreeMap<>()).computeIfAbsent(side, _ -> new Bucket());
        bucket.requests++;
        bucket.failed += failed ? 1 : 0;
        bucket.latency.recordValue(Math.clamp(latencyMicros, 1, LONGEST_MICROS));
    }

    /** One object per second and side: {@code at}, {@code side}, {@code requests}, {@code failed}, {@code hdr}. */
    synchronized List<Object> toJson() {
        List<Object> list = new ArrayList<>();
        seconds.forEach((second, sides) -> sides.forEach((side, bucket) -> list.add(Json.object(
                "at",
                second,
                "side",
                side,
                "requests",
                bucket.requests,
                "failed",
                bucket.failed,
                "hdr",
                encoded(bucket.latency)))));
        return list;
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_SPEED);
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
