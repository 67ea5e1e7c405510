package io.bascule.embedded.http;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, read whole.
 *
 * @param path without the query, as sent
 * @param query decoded; of a repeated key the last counts
 * @param headers names in lower case
 */
public record HttpAsk(
        String method, String path, Map<String, String> query, Map<String, String> headers, HttpBody body) {
    public HttpAsk {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The body as a JSON object; an empty body is an empty object.
     *
     * @throws JsonException when it is anything else
     */
    public Map<String, @Nullable Object> json() {
        return object(body.text());
    }

    /**
     * The text as a JSON object; a blank text is an empty object.
     *
     * @throws JsonException when it is anything else
     */
    public static Map<String, @Nullable Object> object(String text) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        if (text.isBlank()) {
            return out;
        }
        if (!(Json.parse(text) instanceof Map<?, ?> map)) {
            throw new JsonException("not a JSON object");
        }
        map.forEach((key, value) -> out.put(String.valueOf(key), value));
        return out;
    }

    /** Bytes of a body; compared by content. */
    public record HttpBody(String latin) {
        public static HttpBody of(byte[] bytes) {
            return new HttpBody(new String(bytes, StandardCharsets.ISO_8859_1));
        }

        public byte[] bytes() {
            return latin.getBytes(StandardCharsets.ISO_8859_1);
        }

        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }
    }
}
