package io.bascule.planfile.keys;

import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.YamlReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table of keys: name, type, default, whether it is required, and one sentence of documentation.
 * Immutable.
 */
public final class Key<T> {
    private final String name;
    private final ValueType<T> type;
    private final String doc;
    private final boolean required;
    private final @Nullable String defaultText;
    private final @Nullable T defaultValue;

    private Key(
            String name,
            ValueType<T> type,
            String doc,
            boolean required,
            @Nullable String defaultText,
            @Nullable T defaultValue) {
        this.name = name;
        this.type = type;
        this.doc = doc;
        this.required = required;
        this.defaultText = defaultText;
        this.defaultValue = defaultValue;
    }

    /** An optional key without a default. */
    public static <T> Key<T> of(String name, ValueType<T> type, String doc) {
        return new Key<>(name, type, doc, false, null, null);
    }

    public Key<T> required() {
        return new Key<>(name, type, doc, true, null, null);
    }

    public Key<T> optional() {
        return new Key<>(name, type, doc, false, null, null);
    }

    /**
     * With a default, as it would stand in the file.
     *
     * @throws IllegalArgumentException when the type does not read it
     */
    public Key<T> orElse(String yaml) {
        Problems problems = new Problems();
        T value = type.decode(YamlReader.value(yaml), Context.root(problems).key(name))
                .orElse(null);
        if (value == null || problems.faulty()) {
            throw new IllegalArgumentException("default of " + name + ": " + problems.all());
        }
        return new Key<>(name, type, doc, false, yaml, value);
    }

    /** With a default that depends on other values; the text says on which. */
    public Key<T> orElseSaid(String description) {
        return new Key<>(name, type, doc, false, description, null);
    }

    public String name() {
        return name;
    }

    public ValueType<T> type() {
        return type;
    }

    /** One sentence. */
    public String doc() {
        return doc;
    }

    public boolean isRequired() {
        return required;
    }

    /** The default as the docs show it. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** The default that stands for a value left out; empty when it depends on other values. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }
}
