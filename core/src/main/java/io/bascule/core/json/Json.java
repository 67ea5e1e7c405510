package io.bascule.core.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON text of plain values: maps with text keys, collections, text, numbers, booleans, null. {@link #canonical} sorts
 * keys and writes no white space, so that equal values have equal bytes; {@link #write} keeps a map's own order.
 * Instants and durations are written in ISO-8601, enums by name, an empty {@link Optional} as null.
 */
public final class Json {
    private Json() {}

    /** The canonical form: sorted keys, no white space. */
    public static String canonical(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value, true);
        return out.toString();
    }

    /** One line, keys in the map's own order. */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value, false);
        return out.toString();
    }

    /** An object from keys and values in turn, in that order; values may be null. */
    public static SequencedMap<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    /**
     * Parses one JSON value: objects as {@link java.util.LinkedHashMap}, arrays as lists, whole numbers as
     * {@link Long}, others as {@link BigDecimal}.
     *
     * @throws JsonException when the text is not one JSON value, a key occurs twice, or it nests deeper than 200
     */
    public static @Nullable Object parse(String text) {
        return new JsonReader(text).readDocument();
    }

    private static void append(StringBuilder out, @Nullable Object value, boolean sorted) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quote(out, text);
            case Boolean truth -> out.append(truth.booleanValue());
            case Double number -> out.append(decimal(number));
            case BigDecimal number -> out.append(number.stripTrailingZeros().toPlainString());
            case Number number -> out.append(number);
            case Instant instant -> quote(out, instant.toString());
            case Duration duration -> quote(out, duration.toString());
            case Enum<?> constant -> quote(out, constant.name());
            case Optional<?> optional -> append(out, optional.orElse(null), sorted);
            case Map<?, ?> map -> appendObject(out, map, sorted);
            case Collection<?> items -> appendArray(out, items, sorted);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private static void appendObject(StringBuilder out, Map<?, ?> map, boolean sorted) {
        Map<String, @Nullable Object> entries = sorted ? new TreeMap<>() : new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), value));
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, @Nullable Object> entry : entries.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            quote(out, entry.getKey());
            out.append(':');
            append(out, entry.getValue(), sorted);
        }
        out.append('}');
    }

    private static void appendArray(StringBuilder out, Collection<?> items, boolean sorted) {
        out.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                out.append(',');
            }
            first = false;
            append(out, item, sorted);
        }
        out.append(']');
    }

    private static String decimal(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no " + number);
        }
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** The text as a JSON string, quotes included. */
    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x2028 || c == 0x2029) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
