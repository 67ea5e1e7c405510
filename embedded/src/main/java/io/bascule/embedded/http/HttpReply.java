package io.bascule.embedded.http;

import io.bascule.core.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One answer: status, headers, and a body of UTF-8 text. */
public record HttpReply(int status, SortedMap<String, String> headers, String body) {
    public HttpReply {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    public static HttpReply text(int status, String body) {
        return new HttpReply(status, new TreeMap<>(Map.of("content-type", "text/plain; charset=utf-8")), body);
    }

    /** A JSON object of keys and values in turn. */
    public static HttpReply json(int status, @Nullable Object... keysAndValues) {
        return json(status, Json.object(keysAndValues));
    }

    public static HttpReply json(int status, Map<String, @Nullable Object> value) {
        return new HttpReply(
                status, new TreeMap<>(Map.of("content-type", "application/json")), Json.write(value) + "\n");
    }

    public HttpReply with(String header, String value) {
        TreeMap<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HttpReply(status, more, body);
    }
}
