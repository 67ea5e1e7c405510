package io.bascule.aws.api;

import java.time.Duration;
import java.time.Instant;

/**
 * How many changes may be asked for: a bucket that fills at a steady rate, shared by all runs of this process. A part of
 * it is kept for ways back, so that work that goes forward can never make one wait. Safe for threads.
 */
public final class Allowance {
    /** Route 53 takes 5 requests a second of an account; a part of that is left to others. */
    public static final Allowance ROUTE_53 = new Allowance(10, 5, 4);

    private final double most;
    private final double reserve;
    private final double perSecond;
    private double left;
    private Instant at = Instant.MIN;

    /**
     * @param most how many may be asked for at once after a rest
     * @param reserve how many of these only a way back may ask for
     * @param perSecond how many come back in a second
     */
    public Allowance(int most, int reserve, double perSecond) {
        this.most = most;
        this.reserve = reserve;
        this.perSecond = perSecond;
        this.left = most;
    }

    /** Takes one, where there is one to take. */
    public synchronized boolean take(boolean wayBack, Instant now) {
        if (at.isBefore(now)) {
            double seconds =
                    at.equals(Instant.MIN) ? 0 : Duration.between(at, now).toMillis() / 1000.0;
            left = Math.min(most, left + seconds * perSecond);
            at = now;
        }
        if (left - 1 < (wayBack ? 0 : reserve)) {
            return false;
        }
        left--;
        return true;
    }

    /** Whether a token of a change is of a way back. */
    public static boolean isWayBack(String token) {
        return token.contains("/back/");
    }
}
