package io.bascule.embedded.frontdoor;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads texts out of parsed JSON, with messages fit for an answer. */
final class Texts {
    private Texts() {}

    static Instant instant(@Nullable String text) {
        try {
            return Instant.parse(text == null ? "" : text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not an ISO-8601 instant in UTC: " + text, e);
        }
    }

    /** A member that is an object, with its values as texts. */
    static SortedMap<String, String> fields(Map<String, @Nullable Object> json, String key) {
        if (!(json.get(key) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(key + " is missing or no object");
        }
        TreeMap<String, String> out = new TreeMap<>();
        map.forEach((name, value) -> out.put(String.valueOf(name), String.valueOf(value)));
        return out;
    }

    static String text(Map<String, @Nullable Object> json, String key) {
        Object value = json.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value.toString();
    }

    static long number(Map<String, @Nullable Object> json, String key, long otherwise) {
        return switch (json.get(key)) {
            case null -> otherwise;
            case Number number -> number.longValue();
            case Object other -> throw new IllegalArgumentException(key + " is no number: " + other);
        };
    }
}
