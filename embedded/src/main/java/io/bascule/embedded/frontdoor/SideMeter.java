package io.bascule.embedded.frontdoor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What one side did, kept for 30 minutes: by tenths of a second for the last two minutes (a window that begins with a
 * weight must not hold what came before it), by seconds before that. Safe for threads.
 */
final class SideMeter {
    static final Duration KEPT = Duration.ofMinutes(30);
    private static final long FINE_MILLIS = 100;
    private static final long COARSE_MILLIS = 1000;
    private static final long FINE_KEPT_MILLIS = Duration.ofMinutes(2).toMillis();

    private final InstantSource clock;
    private final TreeMap<Long, Bucket> fine = new TreeMap<>();
    private final TreeMap<Long, Bucket> coarse = new TreeMap<>();
    private final AtomicLong underWay = new AtomicLong();

    SideMeter(InstantSource clock) {
        this.clock = clock;
    }

    void sent() {
        underWay.incrementAndGet();
    }

    void over() {
        underWay.decrementAndGet();
    }

    /** Requests under way on the side: each has a connection of its own. */
    long underWay() {
        return underWay.get();
    }

    synchronized void record(Consumer<Bucket> what) {
        long start = Math.floorDiv(clock.millis(), FINE_MILLIS) * FINE_MILLIS;
        Bucket bucket = fine.get(start);
        if (bucket == null) {
            bucket = new Bucket();
            fine.put(start, bucket);
            age(start);
        }
        what.accept(bucket);
    }

    private void age(long now) {
        while (fine.firstKey() < now - FINE_KEPT_MILLIS) {
            Entry<Long, Bucket> eldest = fine.pollFirstEntry();
            long start = Math.floorDiv(eldest.getKey(), COARSE_MILLIS) * COARSE_MILLIS;
            coarse.computeIfAbsent(start, _ -> new Bucket()).addAll(eldest.getValue());
        }
        coarse.headMap(now - KEPT.toMillis()).clear();
    }

    /** The sum over all buckets that begin in {@code [from, to)}. */
    synchronized Bucket sum(Instant from, Instant to) {
        Bucket sum = new Bucket();
        if (from.isBefore(to)) {
            coarse.subMap(from.toEpochMilli(), to.toEpochMilli()).values().forEach(sum::addAll);
            fine.subMap(ceiling(from), ceiling(to)).values().forEach(sum::addAll);
        }
        return sum;
    }

    private static long ceiling(Instant at) {
        return Math.ceilDiv(at.toEpochMilli(), FINE_MILLIS) * FINE_MILLIS;
    }
}
