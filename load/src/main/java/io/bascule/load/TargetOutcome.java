package io.bascule.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a finished load found out about one target.
 *
 * @param name what the profile calls the target: {@code source}, {@code target}, …
 * @param total the whole run, warm-up left out
 * @param intervals its seconds, oldest first, the last hour's at most; warm-up left out
 * @param byRequest the same by the requests' names; requests without one are left out
 * @param warmUp requests that were due in the warm-up, in no other number here
 * @param aborted why the run was ended early, because the target was failing or somebody stopped it; null if it was not.
 *     An aborted run passes nothing
 */
public record TargetOutcome(
        String name,
        LoadResult total,
        List<IntervalSnapshot> intervals,
        SortedMap<String, RequestOutcome> byRequest,
        long warmUp,
        @Nullable String aborted) {

    /** Copies what it is given. */
    public TargetOutcome {
        intervals = List.copyOf(intervals);
        byRequest = Collections.unmodifiableSortedMap(new TreeMap<>(byRequest));
    }

    /**
     * Both as one: parts of one load on the same target by several generators. Seconds that began at the same time add up.
     * Exact, and in any order the same. Throws {@link IllegalArgumentException} if the targets differ.
     */
    public TargetOutcome add(TargetOutcome other) {
        var seconds = new TreeMap<Instant, IntervalSnapshot>();
        intervals.forEach(each -> seconds.merge(each.from(), each, IntervalSnapshot::add));
        other.intervals.forEach(each -> seconds.merge(each.from(), each, IntervalSnapshot::add));
        var names = new TreeMap<>(byRequest);
        other.byRequest.forEach((key, each) -> names.merge(key, each, RequestOutcome::add));
        return new TargetOutcome(
                name,
                total.add(other.total),
                new ArrayList<>(seconds.values()),
                names,
                warmUp + other.warmUp,
                aborted == null ? other.aborted : aborted);
    }
}
