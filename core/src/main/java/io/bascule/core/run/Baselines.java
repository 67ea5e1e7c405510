package io.bascule.core.run;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A baseline as it is written among a measurement's facts: {@code value.p95 = 12.5}, beside {@code baseline}. */
final class Baselines {
    private static final String PREFIX = "value.";

    private Baselines() {}

    static SortedMap<String, Double> read(Map<String, String> facts) {
        TreeMap<String, Double> values = new TreeMap<>();
        facts.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                values.put(key.substring(PREFIX.length()), Double.valueOf(value));
            }
        });
        return values;
    }

    static String key(String metric) {
        return PREFIX + metric;
    }
}
