package io.bascule.load;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a request counts as failed: the first thing that went wrong with it. */
public enum ErrorKind {
    /** The target's name could not be resolved. */
    DNS,
    /** The target refused the connection or could not be reached. */
    CONNECT_REFUSED,
    /** No connection within the profile's connect time-out. */
    CONNECT_TIMEOUT,
    /** The target answered the connection, and no TLS came about. */
    TLS_HANDSHAKE,
    /** The target's certificate is not trusted, out of date, or another name's. */
    TLS_CERTIFICATE,
    /** The request could not be written. */
    WRITE,
    /** The connection was reset while the answer was awaited. */
    RESET,
    /** The connection was closed before the answer was complete. */
    PREMATURE_CLOSE,
    /** What came back is not the HTTP that was asked for. */
    PROTOCOL,
    /** No response head within the time-out. */
    HEADER_TIMEOUT,
    /** A response head, but no complete body within the time-out. */
    BODY_TIMEOUT,
    /** A body larger than the profile allows. */
    BODY_TOO_LARGE,
    /** All connections stayed busy until the request was older than the time-out; it was never sent. */
    CLIENT_QUEUE_TIMEOUT,
    /** Status 400 to 499. */
    HTTP_4XX,
    /** Status 500 and above. */
    HTTP_5XX,
    /** Status 300 to 399 other than 304 that was not followed: out of the target, or beyond what the profile follows. */
    REDIRECT,
    /** A redirect that leads to where the request has been already. */
    REDIRECT_LOOP,
    /** The request's own {@link ResponseCheck} refused the response. */
    CHECK_FAILED;

    /** The name in results, for example {@code connect_refused}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a final status means; null for a success. */
    static @Nullable ErrorKind ofStatus(int status) {
        if (status >= 500) {
            return HTTP_5XX;
        }
        if (status >= 400) {
            return HTTP_4XX;
        }
        if (status >= 300 && status != 304) {
            return REDIRECT;
        }
        return status >= 200 ? null : PROTOCOL;
    }
}
