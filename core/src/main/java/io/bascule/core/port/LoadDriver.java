package io.bascule.core.port;

import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Side;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Sends load to sides directly and holds the result against objectives. */
public interface LoadDriver {
    /** Blocks for about {@code lasts}. Facts per side: {@code source.p95Millis}, {@code source.errors}, … */
    Finding load(Set<Side> sides, double ratePerSecond, Duration lasts, List<Limit> objectives, Deadline deadline);
}
