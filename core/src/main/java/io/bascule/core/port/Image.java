package io.bascule.core.port;

import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a resource as its authority told it: the fields that a run owns, and context that it must not touch.
 * Two images are of the same state when their owned fields are equal; context (other people's fields, revisions,
 * positions) is kept for evidence and for merging on undo.
 */
public record Image(SortedMap<String, String> owned, SortedMap<String, String> context) {
    public static final Image NONE = new Image(new TreeMap<>(), new TreeMap<>());

    public Image {
        owned = Collections.unmodifiableSortedMap(new TreeMap<>(owned));
        context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
    }

    /** An image of owned fields only: {@code of("writes", "hold", "until", "2026-…")}. */
    public static Image of(String... keysAndValues) {
        TreeMap<String, String> owned = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            owned.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Image(owned, new TreeMap<>());
    }

    public Image withContext(String key, String value) {
        TreeMap<String, String> more = new TreeMap<>(context);
        more.put(key, value);
        return new Image(owned, more);
    }

    public boolean sameState(Image other) {
        return owned.equals(other.owned);
    }

    /** Whether each owned field is as in one of the two, or in neither: a change from one to the other, perhaps half done. */
    public boolean isBetween(Image one, Image other) {
        Set<String> fields = new HashSet<>(owned.keySet());
        fields.addAll(one.owned.keySet());
        fields.addAll(other.owned.keySet());
        return fields.stream().allMatch(field -> sameField(one, field) || sameField(other, field));
    }

    private boolean sameField(Image other, String field) {
        return Objects.equals(owned.get(field), other.owned.get(field));
    }

    /** The value of an owned field; the empty text when absent. */
    public String get(String field) {
        return owned.getOrDefault(field, "");
    }

    /** {@code source=9000 target=1000}: for people. */
    public String brief() {
        StringBuilder text = new StringBuilder();
        owned.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(value));
        return text.toString();
    }
}
