package io.bascule.core.stats;

import io.bascule.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Figures of others, from the JSON files beside this class. */
record Vectors(Map<String, @Nullable Object> of) {
    static Vectors read(String file) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(file), file)) {
            return new Vectors(map(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Vectors> all(String key) {
        List<Vectors> all =
                list(key).stream().map(item -> new Vectors(map(item))).toList();
        if (all.isEmpty()) {
            throw new AssertionError("no vectors: " + key);
        }
        return all;
    }

    double number(String key) {
        return number(of.get(key));
    }

    boolean has(String key) {
        return of.get(key) != null;
    }

    String text(String key) {
        return String.valueOf(of.get(key));
    }

    double[] numbers(String key) {
        return list(key).stream().mapToDouble(Vectors::number).toArray();
    }

    List<double[]> pairs(String key) {
        return list(key).stream()
                .map(item -> ((List<?>) Objects.requireNonNull(item))
                        .stream().mapToDouble(Vectors::number).toArray())
                .toList();
    }

    private List<?> list(String key) {
        return (List<?>) Objects.requireNonNull(of.get(key), key);
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }
}
