package io.bascule.core.sim;

import io.bascule.core.run.RunClock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Time that passes only when told to. What is on the agenda happens at its instant while time passes; everything of
 * one instant happens together before anyone looks. Milliseconds; one thread.
 */
public final class VirtualClock implements RunClock {
    private final PriorityQueue<Planned> agenda = new PriorityQueue<>();
    private long millis;
    private long planned;
    private long skew;
    private Runnable afterEach = () -> {};

    public VirtualClock(Instant start) {
        this.millis = start.toEpochMilli();
    }

    /** The orchestrator's time: the world's, but for a skew. */
    @Override
    public Instant now() {
        return Instant.ofEpochMilli(millis + skew);
    }

    /** The world's own time, in milliseconds since 1970. */
    public long millis() {
        return millis;
    }

    public void pass(Duration time) {
        passTo(millis + time.toMillis());
    }

    void pass(long time) {
        passTo(millis + time);
    }

    /** Lets time pass until the instant, as the orchestrator counts it; an instant in the past changes nothing. */
    public void passUntil(Instant instant) {
        passTo(instant.toEpochMilli() - skew);
    }

    private void passTo(long end) {
        for (Planned next = agenda.peek(); next != null && next.at <= end; next = agenda.peek()) {
            millis = Math.max(millis, next.at);
            for (Planned due = next; due != null && due.at <= millis; due = agenda.peek()) {
                agenda.remove(due);
                due.what.run();
            }
            afterEach.run();
        }
        millis = Math.max(millis, end);
    }

    /** From now on the orchestrator's clock is this much off: negative after it was suspended. */
    void skew(long by) {
        skew += by;
    }

    void plan(long at, Runnable what) {
        agenda.add(new Planned(at, planned++, what));
    }

    void afterEachInstant(Runnable what) {
        afterEach = what;
    }

    private record Planned(long at, long order, Runnable what) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
