package io.bascule.load;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A finished distribution of times: 1 us to 120 s, three digits; shorter and longer times count as the bounds. Immutable;
 * adding is exact, so that the order in which parts are merged never shows.
 */
public final class LatencyHistogram {

    /** The longest time told apart. */
    static final Duration HIGHEST = Duration.ofMinutes(2);

    /** No times at all. */
    public static final LatencyHistogram EMPTY = new LatencyHistogram(packed());

    private static final double MICROS_PER_MILLI = 1_000;

    /** Null as long as nobody has asked for it: {@link #encoded} has it. */
    private volatile @Nullable AbstractHistogram unpacked;

    private final byte[] encoded;

    /** Takes over the histogram: nobody may record in it from here on. */
    LatencyHistogram(AbstractHistogram micros) {
        unpacked = micros;
        encoded = new byte[0];
    }

    private LatencyHistogram(byte[] encoded) {
        this.encoded = encoded;
    }

    private AbstractHistogram micros() {
        AbstractHistogram micros = unpacked;
        if (micros == null) {
            micros = PackedHistogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), HIGHEST.toMillis() * 1_000);
            unpacked = micros;
        }
        return micros;
    }

    /** A histogram to record in, fast. */
    static Histogram plain() {
        return new Histogram(1, HIGHEST.toMillis() * 1_000, 3);
    }

    /** A histogram to record in, small. */
    static PackedHistogram packed() {
        return new PackedHistogram(1, HIGHEST.toMillis() * 1_000, 3);
    }

    /** A finished copy that takes little memory, and little time of an event loop. */
    static LatencyHistogram small(AbstractHistogram micros) {
        ByteBuffer bytes = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        return new LatencyHistogram(Arrays.copyOf(bytes.array(), micros.encodeIntoByteBuffer(bytes)));
    }

    /** Records nanoseconds in a histogram of microseconds, kept within its bounds. */
    static void record(AbstractHistogram micros, long nanos) {
        micros.recordValue(Math.clamp((nanos + 500) / 1_000, 1, micros.getHighestTrackableValue()));
    }

    /** How many times were recorded. */
    public long count() {
        return micros().getTotalCount();
    }

    /** The value in milliseconds that {@code percent} of the times do not exceed; null if there are none. */
    public @Nullable Double percentileMillis(double percent) {
        return count() == 0 ? null : micros().getValueAtPercentile(percent) / MICROS_PER_MILLI;
    }

    /** The customary percentiles; null if there are no times. */
    public @Nullable Percentiles percentiles() {
        if (count() == 0) {
            return null;
        }
        return new Percentiles(
                micros().getValueAtPercentile(50) / MICROS_PER_MILLI,
                micros().getValueAtPercentile(90) / MICROS_PER_MILLI,
                micros().getValueAtPercentile(95) / MICROS_PER_MILLI,
                micros().getValueAtPercentile(99) / MICROS_PER_MILLI,
                micros().getValueAtPercentile(99.9) / MICROS_PER_MILLI,
                micros().getMaxValue() / MICROS_PER_MILLI);
    }

    /** The arithmetic mean in milliseconds; null if there are no times. */
    public @Nullable Double meanMillis() {
        return count() == 0 ? null : micros().getMean() / MICROS_PER_MILLI;
    }

    /** How many of the times do not exceed this one, to three digits. */
    public long countUpTo(double millis) {
        long highest = (long) Math.clamp(millis * MICROS_PER_MILLI, 0, (double) micros().getHighestTrackableValue());
        return micros().getCountBetweenValues(0, highest);
    }

    /** The distribution as it was recorded: each time that occurred, in ascending order, and how often. */
    public List<Bucket> buckets() {
        var buckets = new ArrayList<Bucket>();
        micros().recordedValues()
                .forEach(value -> buckets.add(new Bucket(
                        value.getValueIteratedTo() / MICROS_PER_MILLI, value.getCountAddedInThisIterationStep())));
        return buckets;
    }

    /**
     * A time that occurred.
     *
     * @param millis the highest time that counts as this one
     */
    public record Bucket(double millis, long count) {}

    /** All distributions in one. */
    public static LatencyHistogram sum(Collection<LatencyHistogram> parts) {
        AbstractHistogram sum = plain();
        parts.forEach(part -> sum.add(part.micros()));
        return new LatencyHistogram(sum);
    }

    /** The complete distribution as text: HdrHistogram's compressed V2 form in Base64, in microseconds. */
    public String toText() {
        Histogram micros = toHdr();
        ByteBuffer bytes = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        int length = micros.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    /**
     * The distribution that {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when the text is something else, or holds times above 120 s
     */
    public static LatencyHistogram ofText(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            AbstractHistogram read = PackedHistogram.decodeFromCompressedByteBuffer(bytes, HIGHEST.toMillis() * 1_000);
            AbstractHistogram micros = packed();
            micros.add(read);
            return new LatencyHistogram(micros);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("not a histogram: " + e.getMessage(), e);
        }
    }

    /** A copy in HdrHistogram's own form, in microseconds. */
    public Histogram toHdr() {
        if (unpacked == null) {
            return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), HIGHEST.toMillis() * 1_000);
        }
        Histogram copy = plain();
        copy.add(micros());
        return copy;
    }

    /** Both distributions in one. */
    public LatencyHistogram add(LatencyHistogram other) {
        AbstractHistogram sum = micros().copy();
        sum.add(other.micros());
        return new LatencyHistogram(sum);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LatencyHistogram that && micros().equals(that.micros());
    }

    @Override
    public int hashCode() {
        return micros().hashCode();
    }

    @Override
    public String toString() {
        return count() + " times, " + percentiles();
    }
}
