package io.bascule.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The seconds of a run, put together from what each event loop hands in once a second. A second shows when all loops have
 * handed it in. Keeps the last hour.
 */
final class Timeline {

    private static final int SECONDS_MAX = 3_600;

    private final TreeMap<Long, IntervalSnapshot> seconds = new TreeMap<>();
    private final long[] completeBefore;

    Timeline(int loops) {
        completeBefore = new long[loops];
    }

    /** A loop's part of a second that is over for it. Each loop hands in its seconds in order. */
    synchronized void deliver(int loop, long second, IntervalSnapshot part) {
        seconds.merge(second, part, IntervalSnapshot::add);
        completeBefore[loop] = second + 1;
        if (seconds.size() > SECONDS_MAX) {
            seconds.pollFirstEntry();
        }
    }

    /** A loop has handed in its last second. */
    synchronized void ended(int loop) {
        completeBefore[loop] = Long.MAX_VALUE;
    }

    /** The complete seconds, oldest first. */
    synchronized List<IntervalSnapshot> complete() {
        long before = Arrays.stream(completeBefore).min().orElse(0);
        return new ArrayList<>(seconds.headMap(before).values());
    }
}
