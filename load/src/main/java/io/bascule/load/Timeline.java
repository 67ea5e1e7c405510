package io.bascule.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The seconds of a run, put together from what each event loop hands in once a second. A second shows when all loops have
 * handed it in. Keeps the last hour.
 */
final class Timeline {

    private static final int SECONDS_MAX = 3_600;

    private final TreeMap<Long, IntervalSnapshot> seconds = new TreeMap<>();
    private final long[] completeBefore;
    private final Consumer<IntervalSnapshot> heard;
    private long told;

    /** @param heard is told each second when it is complete, in order, by the event loop that completed it */
    Timeline(int loops, Consumer<IntervalSnapshot> heard) {
        completeBefore = new long[loops];
        this.heard = heard;
    }

    /** A loop's part of a second that is over for it. Each loop hands in its seconds in order. */
    synchronized void deliver(int loop, long second, IntervalSnapshot part) {
        seconds.merge(second, part, IntervalSnapshot::add);
        completeBefore[loop] = second + 1;
        tell();
        if (seconds.size() > SECONDS_MAX) {
            seconds.pollFirstEntry();
        }
    }

    /** A loop has handed in its last second. */
    synchronized void ended(int loop) {
        completeBefore[loop] = Long.MAX_VALUE;
        tell();
    }

    /** The complete seconds, oldest first. */
    synchronized List<IntervalSnapshot> complete() {
        return new ArrayList<>(seconds.headMap(before()).values());
    }

    private void tell() {
        long before = before();
        for (IntervalSnapshot second :
                seconds.subMap(told, Math.max(told, before)).values()) {
            told++;
            heard.accept(second);
        }
    }

    private long before() {
        return Arrays.stream(completeBefore).min().orElse(0);
    }
}
