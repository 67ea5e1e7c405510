package io.bascule.load;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a target used of something while it was under load (CPU, memory, …), as somebody else told it.
 *
 * @param from who was asked, and what: an address or a file
 * @param scale how a share is written in the samples
 * @param samples in the order of their times; empty where none were told
 * @param missing how many samples the time of the run would have had besides
 * @param untold why there are none; null where there are some
 */
public record Usage(
        String from,
        Scale scale,
        List<Sample> samples,
        int missing,
        @Nullable String untold) {

    private static final Comparator<Sample> IN_TIME = Comparator.comparing(
                    Sample::at, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparingDouble(Sample::value);

    /** How a share is written. Of figures that are none it says nothing. */
    public enum Scale {
        PERCENT,
        FRACTION,
        /** Nobody said. */
        UNSAID
    }

    /** @param at when it was taken, or when its period began; null where that was not told */
    public record Sample(@Nullable Instant at, double value) {}

    /** Copies the samples. */
    public Usage {
        samples = samples.stream().sorted(IN_TIME).toList();
    }

    /** None were told, and why. */
    public static Usage untold(String from, String why) {
        return new Usage(from, Scale.UNSAID, List.of(), 0, why);
    }

    /**
     * Both as one: what several generators were told of one target. Of two sources that of the first name counts; one and the
     * same sample counts once. In any order the same.
     */
    public Usage add(Usage other) {
        int order = Comparator.comparing((Usage each) -> each.untold != null)
                .thenComparing(Usage::from)
                .thenComparing(Usage::scale)
                .compare(this, other);
        if (order != 0) {
            return order < 0 ? this : other;
        }
        if (untold != null && other.untold != null) {
            return untold.compareTo(other.untold) <= 0 ? this : other;
        }
        var all = new TreeSet<>(IN_TIME);
        all.addAll(samples);
        all.addAll(other.samples);
        return new Usage(from, scale, List.copyOf(all), Math.min(missing, other.missing), null);
    }
}
