package io.bascule.load.replay;

import java.util.List;
import java.util.SortedMap;

/**
 * What a replay found.
 *
 * @param requests how many were sent to each side
 * @param compared how many were answered by all: source, source again, target
 * @param findings what differs, by endpoint and place
 * @param noise places at which the source differs from itself, and how often
 * @param unconfirmed differences that were seen and could not be seen again; no findings
 */
public record ReplayOutcome(
        long requests,
        long compared,
        List<Finding> findings,
        SortedMap<String, Long> noise,
        List<Finding> unconfirmed) {

    /** Copies what it is given. */
    public ReplayOutcome {
        findings = List.copyOf(findings);
        noise = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(noise));
        unconfirmed = List.copyOf(unconfirmed);
    }

    /** Whether the target answered everything as the source does; never, where nothing was compared. */
    public boolean identical() {
        return compared > 0 && findings.isEmpty();
    }
}
