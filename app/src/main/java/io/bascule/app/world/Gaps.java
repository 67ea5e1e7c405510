package io.bascule.app.world;

/** The longest time between two successes in a row, in milliseconds: the downtime as someone who keeps trying sees it. */
final class Gaps {
    private long lastNanos = Long.MIN_VALUE;
    private long longestNanos;

    synchronized void success(long nowNanos) {
        if (lastNanos != Long.MIN_VALUE) {
            longestNanos = Math.max(longestNanos, nowNanos - lastNanos);
        }
        lastNanos = nowNanos;
    }

    synchronized double longestMillis() {
        return Math.round(longestNanos / 1e4) / 100.0;
    }
}
