package io.bascule.embedded.frontdoor;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers pass. Those of one hop (RFC 9110 §7.6.1) do not; framing is decided anew on each side. */
final class Headers {
    static final String SIDE = "X-Bascule-Side";
    static final String PARKED = "X-Bascule-Parked";
    static final String FENCED = "X-Bascule-Fenced";
    static final String REFUSED = "X-Bascule-Refused";

    private static final Set<String> ONE_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect");

    private Headers() {}

    /** @param bodyLength when the body is known whole; negative when it is streamed as the client frames it */
    static HttpHeaders forSide(HttpRequest request, String client, long bodyLength) {
        HttpHeaders out = passing(request.headers());
        boolean chunked = HttpUtil.isTransferEncodingChunked(request);
        if (bodyLength >= 0 && (chunked || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH))) {
            out.set(HttpHeaderNames.CONTENT_LENGTH, bodyLength);
        } else if (chunked) {
            out.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
        out.add("X-Forwarded-For", client);
        out.add(HttpHeaderNames.VIA, "1.1 bascule");
        return out;
    }

    /** Chunked as the side framed it, or by its length; to a client of HTTP/1.0 until the connection closes. */
    static HttpHeaders forClient(HttpResponse response, HttpVersion client, boolean head) {
        HttpHeaders out = passing(response.headers());
        out.remove(SIDE);
        out.remove(PARKED);
        boolean length = out.contains(HttpHeaderNames.CONTENT_LENGTH);
        if (!length && hasBody(response) && !head && !client.equals(HttpVersion.HTTP_1_0)) {
            out.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
        return out;
    }

    static boolean hasBody(HttpResponse response) {
        int status = response.status().code();
        return status != 204 && status != 304;
    }

    private static HttpHeaders passing(HttpHeaders from) {
        HttpHeaders out = new DefaultHttpHeaders();
        Set<String> named = named(from.getAll(HttpHeaderNames.CONNECTION));
        for (var entry : from) {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            if (!ONE_HOP.contains(name) && !named.contains(name)) {
                out.add(entry.getKey(), entry.getValue());
            }
        }
        return out;
    }

    private static Set<String> named(List<String> connection) {
        Set<String> names = new HashSet<>();
        for (String value : connection) {
            for (String token : value.split(",")) {
                names.add(token.strip().toLowerCase(Locale.ROOT));
            }
        }
        // nobody may have these stripped by naming them in Connection
        names.removeAll(Set.of("host", "content-length", "authorization", "cookie", "x-bascule-fenced"));
        return names;
    }

    /** The value of the door's session cookie, or empty. */
    static String sessionCookie(HttpRequest request) {
        for (String header : request.headers().getAll(HttpHeaderNames.COOKIE)) {
            for (Cookie cookie : ServerCookieDecoder.LAX.decode(header)) {
                if (cookie.name().equals(Sessions.COOKIE)) {
                    return cookie.value();
                }
            }
        }
        return "";
    }
}
