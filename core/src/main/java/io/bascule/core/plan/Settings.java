package io.bascule.core.plan;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An adapter's own part of a plan, opaque to the core: which adapter, and its settings as flat text. The text is
 * already canonical (defaults filled in, units normalised), so that equal settings hash equally. A secret is here only
 * as a reference ({@code env:NAME}, {@code file:PATH}).
 */
public record Settings(String adapter, SortedMap<String, String> values) {
    public Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Settings of(String adapter, String... keysAndValues) {
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Settings(adapter, values);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * The setting's text.
     *
     * @throws IllegalStateException when the decoder let a plan pass without it
     */
    public String need(String key) {
        return get(key).orElseThrow(
                        () -> new IllegalStateException("setting " + key + " of " + adapter + " is missing"));
    }
}
