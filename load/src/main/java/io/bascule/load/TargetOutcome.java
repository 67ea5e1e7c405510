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
 * @param resources what the target used meanwhile, by measure ({@code cpu}), where somebody was asked
 */
public record TargetOutcome(
        String name,
        LoadResult total,
        List<IntervalSnapshot> intervals,
        SortedMap<String, RequestOutcome> byRequest,
        long warmUp,
        @Nullable String aborted,
        SortedMap<String, Usage> resources) {

    /** Copies what it is given. */
    public TargetOutcome {
        intervals = List.copyOf(intervals);
        byRequest = Collections.unmodifiableSortedMap(new TreeMap<>(byRequest));
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    }

    /** Nobody was asked what the target used. */
    public TargetOutcome(
            String name,
            LoadResult total,
            List<IntervalSnapshot> intervals,
            SortedMap<String, RequestOutcome> byRequest,
            long warmUp,
            @Nullable String aborted) {
        this(name, total, intervals, byRequest, warmUp, aborted, Collections.emptySortedMap());
    }

    /** The same with what the target used, instead of what is known of that. */
    public TargetOutcome using(SortedMap<String, Usage> others) {
        return new TargetOutcome(name, total, intervals, byRequest, warmUp, aborted, others);
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
        var used = new TreeMap<>(resources);
        other.resources.forEach((key, each) -> used.merge(key, each, Usage::add));
        return new TargetOutcome(
                name,
                total.add(other.total),
                new ArrayList<>(seconds.values()),
                names,
                warmUp + other.warmUp,
                aborted == null ? other.aborted : aborted,
                used);
    }
}
