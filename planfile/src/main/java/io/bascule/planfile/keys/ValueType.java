package io.bascule.planfile.keys;

import io.bascule.planfile.tree.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a key's value may be: how it is read, described to an editor (JSON Schema) and to people, and written as
 * canonical text into an adapter's settings. Stateless.
 */
public sealed interface ValueType<T>
        permits ScalarType, ListType, NamesType, Section, Shorthand, Picked, MeansType, SingleKey {

    /** The value; empty when problems were told. */
    Optional<T> decode(Tree tree, Context context);

    /** What stands in for a value that could not be read, so that reading goes on. */
    T fallback();

    /** The JSON Schema of such a value. */
    SequencedMap<String, @Nullable Object> schema();

    /** For people, with article: {@code a duration}. */
    String word();

    /** How it is written. */
    String example();

    /** Writes the value as flat canonical text. */
    void flatten(String key, T value, SortedMap<String, String> into);

    /** The tables inside, by the part of a path that leads to them; empty for single values. */
    default Map<String, Section> inside() {
        return Map.of();
    }
}
