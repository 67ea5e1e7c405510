package io.bascule.core.run;

import io.bascule.core.plan.Side;
import io.bascule.core.plan.TrafficSplit;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a soak watches.
 *
 * @param lasts how long at least
 * @param intended the split that each entrance should show
 * @param judged the side that carries what is judged
 * @param againstBaseline whether comparisons are made with the baseline rather than with the other side
 */
public record SoakSpec(Duration lasts, Map<String, TrafficSplit> intended, Side judged, boolean againstBaseline) {
    public SoakSpec {
        intended = Collections.unmodifiableMap(new TreeMap<>(intended));
    }

    /** Watches the target wherever it has users, and compares it with the source wherever that has users, too. */
    static SoakSpec of(Duration lasts, Map<String, TrafficSplit> intended) {
        boolean target = carries(intended, Side.TARGET);
        boolean both = target && carries(intended, Side.SOURCE);
        return new SoakSpec(lasts, intended, target ? Side.TARGET : Side.SOURCE, !both);
    }

    /** Whether a side should have users at any entrance. */
    public boolean carries(Side side) {
        return carries(intended, side);
    }

    /** The target's weight: {@code 50%}, or {@code 100% of alb, 10% of www} where the entrances differ. */
    public String target() {
        if (intended.values().stream().distinct().count() == 1) {
            return intended.values().iterator().next().target().toString();
        }
        return intended.entrySet().stream()
                .map(each -> each.getValue().target() + " of " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private static boolean carries(Map<String, TrafficSplit> intended, Side side) {
        return intended.values().stream().anyMatch(split -> split.of(side).basisPoints() > 0);
    }
}
