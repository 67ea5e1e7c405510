package io.bascule.planfile;

import io.bascule.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two resolved plans, value by value. */
public final class PlanDifference {
    /**
     * One value that differs.
     *
     * @param was as JSON; empty when there was none
     * @param is as JSON; empty when there is none any more
     */
    public record Change(String path, String was, String is) {}

    private PlanDifference() {}

    /** The differences between two canonical forms, by path. */
    public static List<Change> between(String canonicalBefore, String canonicalAfter) {
        SortedMap<String, String> before = flat(canonicalBefore);
        SortedMap<String, String> after = flat(canonicalAfter);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            String was = before.getOrDefault(path, "");
            String is = after.getOrDefault(path, "");
            if (!was.equals(is)) {
                changes.add(new Change(path, was, is));
            }
        }
        return changes;
    }

    private static SortedMap<String, String> flat(String json) {
        SortedMap<String, String> flat = new TreeMap<>();
        flatten("", Json.parse(json), flat);
        return flat;
    }

    private static void flatten(String path, @Nullable Object value, SortedMap<String, String> into) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, one) -> flatten(path.isEmpty() ? key + "" : path + "." + key, one, into));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(path + "[" + i + "]", list.get(i), into);
                }
            }
            case null -> into.put(path, "null");
            default -> into.put(path, Json.write(value));
        }
    }
}
