package io.bascule.load.file;

import io.bascule.load.ErrorKind;
import io.bascule.load.LatencyHistogram;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object, asked for what it must have. Every answer that is not as expected is an {@link IllegalArgumentException}. */
final class Fields {

    private final Map<String, @Nullable Object> values;
    private final String what;

    private Fields(Map<String, @Nullable Object> values, String what) {
        this.values = values;
        this.what = what;
    }

    static Fields of(@Nullable Object json, String what) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the " + what + " is no object");
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return new Fields(values, what);
    }

    Set<String> names() {
        return values.keySet();
    }

    String text(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    @Nullable
    String textOrNull(String name) {
        return values.get(name) == null ? null : text(name);
    }

    long whole(String name) {
        if (values.get(name) instanceof Long number && number >= 0) {
            return number;
        }
        throw wrong(name, "a whole number");
    }

    @Nullable
    Double number(String name) {
        Object value = values.get(name);
        if (value != null && !(value instanceof Number)) {
            throw wrong(name, "a number");
        }
        return value instanceof Number number ? number.doubleValue() : null;
    }

    Duration millis(String name) {
        Double millis = number(name);
        if (millis == null) {
            throw wrong(name, "a number");
        }
        return Duration.ofNanos(Math.round(millis * 1_000_000));
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name, "a time");
        }
    }

    @Nullable
    Instant instantOrNull(String name) {
        return values.get(name) == null ? null : instant(name);
    }

    double finite(String name) {
        Double value = number(name);
        if (value == null || !Double.isFinite(value)) {
            throw wrong(name, "a number");
        }
        return value;
    }

    /** A constant by its name in small letters. */
    <E extends Enum<E>> E oneOf(String name, Class<E> kind) {
        try {
            return Enum.valueOf(kind, text(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(
                    name, "one of " + Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT));
        }
    }

    List<?> list(String name) {
        if (values.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    Fields inner(String name) {
        return of(values.get(name), "field '" + name + "' of the " + what);
    }

    LatencyHistogram histogram(String name) {
        return LatencyHistogram.ofText(text(name));
    }

    Map<ErrorKind, Long> errors(String name) {
        Fields counts = inner(name);
        var errors = new EnumMap<ErrorKind, Long>(ErrorKind.class);
        counts.names().forEach(label -> errors.put(kind(label), counts.whole(label)));
        return errors;
    }

    private static ErrorKind kind(String label) {
        return Arrays.stream(ErrorKind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of error is called '" + label + "'"));
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("the " + what + "'s '" + name + "' is not " + expected);
    }
}
