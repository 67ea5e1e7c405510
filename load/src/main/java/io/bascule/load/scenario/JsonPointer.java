package io.bascule.load.scenario;

import io.bascule.core.json.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place in a JSON document as of RFC 6901: {@code /orders/0/id}; empty for the whole of it. */
public final class JsonPointer {

    private final String text;
    private final List<String> parts;

    private JsonPointer(String text) {
        this.text = text;
        parts = text.isEmpty()
                ? List.of()
                : Arrays.stream(text.substring(1).split("/", -1))
                        .map(part -> part.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    /** Throws {@link IllegalArgumentException} where the text is no pointer. */
    public static JsonPointer of(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw new IllegalArgumentException("a JSON pointer begins with /: " + text);
        }
        return new JsonPointer(text);
    }

    /** The value there, as text; a text itself without quotes. Empty where there is none. */
    Optional<String> text(Object document) {
        Object value = document;
        for (String part : parts) {
            Optional<Object> inner = step(value, part);
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            value = inner.get();
        }
        return Optional.of(plain(value));
    }

    private static Optional<Object> step(Object value, String part) {
        @Nullable
        Object inner = switch (value) {
            case Map<?, ?> map -> map.get(part);
            case List<?> list
            when part.matches("0|[1-9]\\d{0,8}") && Integer.parseInt(part) < list.size() ->
                list.get(Integer.parseInt(part));
            default -> null;
        };
        return Optional.ofNullable(inner);
    }

    private static String plain(Object value) {
        return switch (value) {
            case String text -> text;
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            default -> Json.write(value);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonPointer that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
