package io.bascule.core.port;

import java.time.Instant;

/**
 * One entrance: moves its traffic between the sides, keeps its writes back, and tells what passes. It is also the
 * {@link MetricSource} of the metrics that come {@code from} it.
 */
public interface TrafficRouter extends MetricSource {

    /** The {@code TRAFFIC} resource. Moving weight to 0 moves sticky clients too when the change is a way back. */
    Actuator weights();

    /** The {@code WRITES} resource. */
    Actuator writes();

    /** What passed in {@code [from, to)}, and how the entrance stands now. Read-only. */
    TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline);

    /** Sends one request through the entrance; with a session cookie or without. Answers which side served it. */
    Finding probe(boolean withSession, Deadline deadline);

    /** The mark on the resource itself that says which run owns it. */
    Claim claim();
}
