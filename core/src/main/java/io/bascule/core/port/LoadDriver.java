package io.bascule.core.port;

import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Sends requests to sides directly, past the entrances, and judges what they answer. */
public interface LoadDriver {
    /** Blocks for about {@code lasts}. Facts per side: {@code source.p95Millis}, {@code source.errors}, … */
    Finding load(Set<Side> sides, double ratePerSecond, Duration lasts, List<Limit> objectives, Deadline deadline);

    /**
     * Sends the safe requests of a recording to both sides within {@code lasts} and compares the answers; what the source
     * answers differently by itself is no difference. PASS with {@code compared}; FAIL with {@code differences} and the
     * first of them; NO_DATA when nothing was answered by both.
     */
    Finding replay(Settings recording, Duration lasts, Deadline deadline);
}
