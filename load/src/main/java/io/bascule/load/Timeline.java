package io.bascule.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The seconds of a run, put together from what each event loop hands in once a second. A second shows when all loops have
 * handed it in. Keeps the last hour.
 */
final class Timeline {

    private static final int SECONDS_MAX = 3_600;

    private final TreeMap<Long, IntervalSnapshot> seconds = new TreeMap<>();
    private final long[] completeBefore;
    private final Consumer<IntervalSnapshot> heard;
    private final Executor aside;
    private long told;

    /**
     * @param heard is told each second when it is complete, in order
     * @param aside does that, one after the other, so that no event loop spends its time on it
     */
    Timeline(int loops, Consumer<IntervalSnapshot> heard, Executor aside) {
        completeBefore = new long[loops];
        this.heard = heard;
        this.aside = aside;
    }

    /**
     * A loop's part of a second that is over for it, made aside. Each loop hands in its seconds in order. Returns at once. A
     * second of the warm-up, below 0, costs what one costs that is told, and is forgotten.
     */
    void deliver(int loop, long second, Supplier<IntervalSnapshot> part) {
        aside.execute(() -> {
            IntervalSnapshot made = part.get();
            if (second < 0) {
                var _ = made.response().toText();
            } else {
                add(loop, second, made);
            }
        });
    }

    private synchronized void add(int loop, long second, IntervalSnapshot part) {
        seconds.merge(second, part, IntervalSnapshot::add);
        completeBefore[loop] = second + 1;
        tell();
        if (seconds.size() > SECONDS_MAX) {
            seconds.pollFirstEntry();
        }
    }

    /** A loop has handed in its last second. */
    void ended(int loop) {
        aside.execute(() -> close(loop));
    }

    private synchronized void close(int loop) {
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
