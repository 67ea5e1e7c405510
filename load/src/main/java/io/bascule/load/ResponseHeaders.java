package io.bascule.load;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a response; names are compared without regard to case. */
public final class ResponseHeaders {

    /** No headers: there was no response. */
    public static final ResponseHeaders NONE = new ResponseHeaders(EmptyHttpHeaders.INSTANCE);

    private final HttpHeaders headers;

    ResponseHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    /** The first value under this name; null if there is none. */
    public @Nullable String first(String name) {
        return headers.get(name);
    }

    /** All values under this name, in order. */
    public List<String> all(String name) {
        return List.copyOf(headers.getAll(name));
    }

    /** Names and values in turn, in order. */
    public List<String> flat() {
        var flat = new ArrayList<String>();
        headers.forEach(entry -> {
            flat.add(entry.getKey());
            flat.add(entry.getValue());
        });
        return flat;
    }

    @Override
    public String toString() {
        return headers.entries().toString();
    }
}
