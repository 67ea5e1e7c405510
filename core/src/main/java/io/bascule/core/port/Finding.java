package io.bascule.core.port;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a measurement: a verdict and the facts it rests on.
 *
 * @param facts figures and names with their unit in the key: {@code rowsCompared}, {@code lagRows}, {@code p95Millis}
 */
public record Finding(Verdict verdict, SortedMap<String, String> facts) {
    public Finding {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public static Finding of(Verdict verdict, Object... keysAndValues) {
        TreeMap<String, String> facts = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            facts.put(keysAndValues[i].toString(), keysAndValues[i + 1].toString());
        }
        return new Finding(verdict, facts);
    }
}
