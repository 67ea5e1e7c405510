package io.bascule.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to send. {@code Host} and {@code User-Agent} are added where they are missing; {@code Content-Length} and
 * {@code Transfer-Encoding} follow from the body, whatever the headers say.
 *
 * @param method for example {@code GET}; {@code CONNECT} is refused
 * @param path path and query as they go onto the wire, beginning with a slash
 * @param headers further headers, a session cookie among them; names and values are checked when the request is sent
 * @param body empty for none
 * @param check what a response must satisfy beyond a 2xx status; null: nothing
 * @param tag whatever the caller wants back with the response
 * @param name what results are told apart by; null: counts in the total only
 * @param then what the same user does next; null: nothing
 */
public record LoadRequest(
        String method,
        String path,
        Map<String, String> headers,
        ByteBuffer body,
        @Nullable ResponseCheck check,
        @Nullable Object tag,
        @Nullable String name,
        @Nullable Continuation then) {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

    /** Copies the headers. Throws {@link IllegalArgumentException} for a method or path that no server would understand. */
    public LoadRequest {
        if (method.isEmpty() || method.equals("CONNECT") || !isVisible(method)) {
            throw new IllegalArgumentException("not a usable method: " + method);
        }
        if (!path.startsWith("/") || !isVisible(path)) {
            throw new IllegalArgumentException("path must begin with / and be encoded: " + path);
        }
        headers = Map.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** One that stands alone and has no name. */
    public LoadRequest(
            String method,
            String path,
            Map<String, String> headers,
            ByteBuffer body,
            @Nullable ResponseCheck check,
            @Nullable Object tag) {
        this(method, path, headers, body, check, tag, null, null);
    }

    /** The size of the body. */
    int bodyBytes() {
        return body.remaining();
    }

    /** Whether the request says how long its body is: where it has one, and where its method lets a body be expected. */
    boolean tellsLength() {
        return bodyBytes() > 0 || method.startsWith("P");
    }

    /** The body, at a position of its own. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** A GET without further headers. */
    public static LoadRequest get(String path) {
        return new LoadRequest("GET", path, Map.of(), NO_BODY, null, null);
    }

    /** A POST of text in UTF-8. */
    public static LoadRequest post(String path, String contentType, String text) {
        ByteBuffer body = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return new LoadRequest("POST", path, Map.of("Content-Type", contentType), body, null, null);
    }

    /** The same with one more header. */
    public LoadRequest withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new LoadRequest(method, path, more, body, check, tag, this.name, then);
    }

    /** The same with something to recognise it by. */
    public LoadRequest withTag(Object tag) {
        return new LoadRequest(method, path, headers, body, check, tag, name, then);
    }

    /** The same, failing with {@link ErrorKind#CHECK_FAILED} where the check refuses the response. */
    public LoadRequest expecting(ResponseCheck check) {
        return new LoadRequest(method, path, headers, body, check, tag, name, then);
    }

    /** Whether nobody looks at the response but the numbers. */
    boolean isPlain() {
        return check == null && then == null;
    }

    /** The same under this name. */
    public LoadRequest named(String name) {
        return new LoadRequest(method, path, headers, body, check, tag, name, then);
    }

    /** The same, followed by what the continuation says. */
    public LoadRequest then(Continuation then) {
        return new LoadRequest(method, path, headers, body, check, tag, name, then);
    }

    /** Where a redirect leads: the same with that path, as a GET without a body where the status asks for it. */
    LoadRequest redirected(int status, String path) {
        boolean asGet = status == 303 || ((status == 301 || status == 302) && method.equals("POST"));
        return asGet
                ? new LoadRequest("GET", path, headers, NO_BODY, check, tag, name, then)
                : new LoadRequest(method, path, headers, body, check, tag, name, then);
    }
}
