package io.bascule.planfile.keys;

import io.bascule.planfile.problem.At;
import io.bascule.planfile.tree.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one table of keys as they were read. Asking for a value always answers: with what was written, else the
 * default, else the type's stand-in (then a problem has been told, or the key is optional: ask {@link #find}).
 */
public final class Values {
    private final Map<String, Object> given;
    private final Tree.Mapping tree;

    Values(Map<String, Object> given, Tree.Mapping tree) {
        this.given = Map.copyOf(given);
        this.tree = tree;
    }

    public <T> T get(Key<T> key) {
        return find(key).orElseGet(() -> key.type().fallback());
    }

    /** What was written, else the default. */
    public <T> Optional<T> find(Key<T> key) {
        Optional<T> written = written(key);
        return written.isPresent() ? written : key.defaultValue();
    }

    /** What was written and could be read. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> written(Key<T> key) {
        return Optional.ofNullable((T) given.get(key.name()));
    }

    /** Whether the key stands in the file, readable or not. */
    public boolean has(Key<?> key) {
        return tree.find(key.name()).isPresent();
    }

    /** The place of the key's value, or of the table when it was left out. */
    public At at(Key<?> key) {
        return tree.find(key.name()).map(entry -> entry.value().at()).orElse(tree.at());
    }

    /** The value as it stands in the file. */
    public Optional<Tree> tree(Key<?> key) {
        return tree.find(key.name()).map(Tree.Entry::value);
    }

    public At at() {
        return tree.at();
    }

    /** Canonical flat text of all values of a table, defaults filled in. */
    public SortedMap<String, String> flat(Section section) {
        SortedMap<String, String> out = new TreeMap<>();
        section.keys().forEach(key -> flatten(key, out));
        return out;
    }

    private <T> void flatten(Key<T> key, SortedMap<String, String> out) {
        find(key).ifPresent(value -> key.type().flatten(key.name(), value, out));
    }
}
