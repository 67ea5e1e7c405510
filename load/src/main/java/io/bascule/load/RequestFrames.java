package io.bascule.load;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Heads of requests as HTTP/2 has them. One that is sent again and again is made once. For one event loop. */
final class RequestFrames {

    /** What concerns one connection only has no place in HTTP/2. */
    private static final Set<String> LEFT_OUT = Set.of(
            "host", "connection", "keep-alive", "proxy-connection", "upgrade", "transfer-encoding", "content-length");

    private final String scheme;
    private final String authority;
    private @Nullable LoadRequest lastRequest;
    private Http2Headers last = new DefaultHttp2Headers();

    RequestFrames(String scheme, String authority) {
        this.scheme = scheme;
        this.authority = authority;
    }

    /** The head of the request. Throws {@link IllegalArgumentException} for a header that would be something else there. */
    @SuppressWarnings("ReferenceEquality") // the same object is meant
    Http2Headers head(LoadRequest request) {
        if (lastRequest != request) {
            last = made(request);
            lastRequest = request;
        }
        return last;
    }

    private Http2Headers made(LoadRequest request) {
        var head = new DefaultHttp2Headers()
                .method(request.method())
                .scheme(scheme)
                .authority(authority)
                .path(request.path())
                .set("user-agent", "bascule-load");
        request.headers().forEach((name, value) -> {
            String lower = RequestBytes.checkedName(name).toLowerCase(Locale.ROOT);
            if (lower.equals("host")) {
                head.authority(value);
            } else if (!LEFT_OUT.contains(lower)) {
                head.set(lower, RequestBytes.checkedValue(name, value));
            }
        });
        if (request.tellsLength()) {
            head.setInt("content-length", request.bodyBytes());
        }
        return head;
    }
}
