package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import io.bascule.core.plan.TrafficSplit;

/**
 * Chooses sides so that every stretch of choices keeps the weights, and every regular part of it too.
 *
 * <p>{@code x(n) = frac(n * 0.618…)}; the target is chosen when {@code x(n) < weight}. The sequence spreads evenly
 * (the error of n choices grows with log n, not with sqrt n as for random ones), and, unlike a counter, it has no
 * period that a load with every tenth request a write could fall into. Not safe for threads.
 */
final class Split {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private long position;

    Side next(TrafficSplit weights) {
        position += GOLDEN;
        double x = (position >>> 11) * UNIT;
        return x < weights.target().fraction() ? Side.TARGET : Side.SOURCE;
    }
}
