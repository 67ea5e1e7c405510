package io.bascule.load;

import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a response; names are compared without regard to case. */
public final class ResponseHeaders {

    /** No headers: there was no response. */
    public static final ResponseHeaders NONE = new ResponseHeaders(new HeaderLines(0, 0));

    private final HeaderLines lines;

    /** Takes over the lines: nobody may change them from here on. */
    ResponseHeaders(HeaderLines lines) {
        this.lines = lines;
    }

    /** Without the pseudo-headers. */
    static ResponseHeaders of(Http2Headers headers) {
        var text = new StringBuilder();
        var marks = new ArrayList<int[]>();
        for (Map.Entry<CharSequence, CharSequence> each : headers) {
            if (!each.getKey().isEmpty() && each.getKey().charAt(0) != ':') {
                int name = text.length();
                int value = text.append(each.getKey()).length();
                marks.add(new int[] {name, value, text.append(each.getValue()).length()});
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        var lines = new HeaderLines(bytes.length, Math.max(1, marks.size()));
        System.arraycopy(bytes, 0, lines.text(), 0, bytes.length);
        marks.forEach(each -> lines.add(each[0], each[1], each[1], each[2]));
        return new ResponseHeaders(lines);
    }

    /** The first value under this name; null if there is none. */
    public @Nullable String first(String name) {
        return lines.first(name);
    }

    /** All values under this name, in order. */
    public List<String> all(String name) {
        return lines.all(name);
    }

    /** Names and values in turn, in order. */
    public List<String> flat() {
        var flat = new ArrayList<String>();
        for (int i = 0; i < lines.count(); i++) {
            flat.add(lines.name(i));
            flat.add(lines.value(i));
        }
        return flat;
    }

    @Override
    public String toString() {
        return flat().toString();
    }
}
