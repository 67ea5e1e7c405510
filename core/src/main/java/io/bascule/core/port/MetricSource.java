package io.bascule.core.port;

import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import java.time.Instant;

/** Answers metrics for one side over a window that lies wholly in the past. Read-only. */
public interface MetricSource {
    Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline);
}
