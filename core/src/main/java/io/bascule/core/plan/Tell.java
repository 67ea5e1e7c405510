package io.bascule.core.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who is told, and by which channels. Every audience is told by every channel of the plan. */
public record Tell(SortedMap<String, Settings> channels, SortedMap<String, List<String>> audiences) {
    public static final Tell NOBODY = new Tell(new TreeMap<>(), new TreeMap<>());

    public Tell {
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
        TreeMap<String, List<String>> copy = new TreeMap<>();
        for (Map.Entry<String, List<String>> audience : audiences.entrySet()) {
            copy.put(audience.getKey(), List.copyOf(audience.getValue()));
        }
        audiences = Collections.unmodifiableSortedMap(copy);
    }
}
