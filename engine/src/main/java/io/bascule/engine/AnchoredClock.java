package io.bascule.engine;

import io.bascule.core.run.RunClock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Time that does not jump: the wall's time at the start, then counted by the monotonic clock. Never goes back. Whole
 * milliseconds, like the store.
 *
 * <p>{@link #compare} follows a wall that has moved away by more than a second: forward at once (a suspended machine
 * stops the monotonic clock), backward by running at half speed until the wall has caught up, because whoever waits
 * for an instant would otherwise sleep through the whole jump.
 */
public final class AnchoredClock implements RunClock {
    private static final long TOLERATED_MILLIS = 1_000;

    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private volatile Anchor anchor;

    public AnchoredClock() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /** With other sources, for tests. */
    public AnchoredClock(LongSupplier wallMillis, LongSupplier nanos) {
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.anchor = new Anchor(wallMillis.getAsLong(), nanos.getAsLong(), false);
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(anchor.at(nanos.getAsLong()));
    }

    /** What {@link #compare} found. */
    public enum Wall {
        TOGETHER,
        JUMPED_FORWARD,
        JUMPED_BACK
    }

    /** Compares with the wall and follows it. Says a jump once. For one thread. */
    Wall compare() {
        long nano = nanos.getAsLong();
        long ours = anchor.at(nano);
        long ahead = wallMillis.getAsLong() - ours;
        if (anchor.slow()) {
            if (ahead >= 0) {
                anchor = new Anchor(ours, nano, false);
            }
            return ahead > TOLERATED_MILLIS ? forward(ours + ahead, nano) : Wall.TOGETHER;
        }
        if (ahead > TOLERATED_MILLIS) {
            return forward(ours + ahead, nano);
        }
        if (ahead < -TOLERATED_MILLIS) {
            anchor = new Anchor(ours, nano, true);
            return Wall.JUMPED_BACK;
        }
        return Wall.TOGETHER;
    }

    private Wall forward(long millis, long nano) {
        anchor = new Anchor(millis, nano, false);
        return Wall.JUMPED_FORWARD;
    }

    private record Anchor(long millis, long nano, boolean slow) {
        long at(long now) {
            long elapsed = (now - nano) / 1_000_000;
            return millis + (slow ? elapsed / 2 : elapsed);
        }
    }
}
