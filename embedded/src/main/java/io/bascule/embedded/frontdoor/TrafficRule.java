package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import io.bascule.core.plan.TrafficSplit;
import io.bascule.core.plan.Weight;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the door divides its traffic, as the owned fields of a {@code TRAFFIC} resource tell it; perhaps under a lease.
 *
 * @param image the owned fields, texts exactly as they were given
 */
record TrafficRule(SortedMap<String, String> image, TrafficSplit split, Optional<Lease> lease) {
    static final TrafficRule ALL_SOURCE = parse(Map.of("source", "10000", "target", "0"));

    TrafficRule {
        image = Collections.unmodifiableSortedMap(new TreeMap<>(image));
    }

    record Lease(Instant until, TrafficSplit otherwise) {}

    /** @throws IllegalArgumentException when the fields are no such image; the message says why */
    static TrafficRule parse(Map<String, String> fields) {
        TrafficSplit split = split(fields, "source", "target");
        Optional<Lease> lease = Optional.empty();
        int known = 2;
        if (fields.containsKey("until")) {
            lease = Optional.of(
                    new Lease(Texts.instant(fields.get("until")), split(fields, "else-source", "else-target")));
            known = 5;
        }
        if (fields.size() != known) {
            throw new IllegalArgumentException("traffic is source and target, or with until, else-source, else-target");
        }
        return new TrafficRule(new TreeMap<>(fields), split, lease);
    }

    private static TrafficSplit split(Map<String, String> fields, String source, String target) {
        return new TrafficSplit(weight(fields, source), weight(fields, target));
    }

    private static Weight weight(Map<String, String> fields, String key) {
        try {
            return new Weight(Integer.parseInt(fields.getOrDefault(key, "")));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is no weight in basis points", e);
        }
    }

    /** Whether its lease has passed. */
    boolean isOver(Instant now) {
        return lease.isPresent() && !now.isBefore(lease.get().until());
    }

    /** What its lease falls back to; itself without one. */
    TrafficRule otherwise() {
        return lease.map(granted -> of(granted.otherwise())).orElse(this);
    }

    private static TrafficRule of(TrafficSplit split) {
        return parse(Map.of(
                "source", Integer.toString(split.source().basisPoints()),
                "target", Integer.toString(split.target().basisPoints())));
    }

    boolean carries(Side side) {
        return split.of(side).basisPoints() > 0;
    }
}
