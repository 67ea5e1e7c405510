package io.bascule.core.performance;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How two runs are compared.
 *
 * @param confidence of intervals, between 0 and 1
 * @param margins by measure, in place of the customary ones
 * @param judged measures that decide besides those with a weight
 * @param differentLoad whether figures at different loads are compared all the same
 */
public record CompareRules(
        double confidence, SortedMap<String, Double> margins, Set<String> judged, boolean differentLoad) {
    public static final CompareRules CUSTOMARY = new CompareRules(0.95, Collections.emptySortedMap(), Set.of(), false);

    public CompareRules {
        margins = Collections.unmodifiableSortedMap(new TreeMap<>(margins));
        judged = Collections.unmodifiableSet(new TreeSet<>(judged));
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence between 0.5 and 1: " + confidence);
        }
    }

    public CompareRules atAnyLoad() {
        return new CompareRules(confidence, margins, judged, true);
    }

    Measure measure(String name) {
        Measure measure = Measure.named(name);
        Double margin = margins.get(measure.name());
        return margin == null ? measure : measure.within(margin);
    }

    boolean decides(Measure measure) {
        return measure.weight() > 0 || judged.contains(measure.name()) || margins.containsKey(measure.name());
    }
}
