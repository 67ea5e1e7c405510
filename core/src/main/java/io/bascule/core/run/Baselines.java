package io.bascule.core.run;

import io.bascule.core.plan.Side;
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

    /** The fact that says how many requests a second passed to a side. */
    static String perSecond(String side) {
        return "perSecond." + side;
    }

    static String perSecond(Side side) {
        return perSecond(side.word());
    }

    /** That fact; 0 where nothing was told. */
    static double perSecond(Map<String, String> facts, Side side) {
        return Double.parseDouble(facts.getOrDefault(perSecond(side), "0"));
    }

    static String key(String metric) {
        return PREFIX + metric;
    }
}
