package io.bascule.load;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How requests reach the target.
 *
 * @param protocol which HTTP
 * @param connectTo connects there instead, with the target's own {@code Host} and server name: the new side before DNS
 *     moves; null: to where the target's name leads
 * @param trust certificates (PEM) that are trusted instead of the JDK's; null: the JDK's. Names and dates are always
 *     checked
 * @param lifetime how long a connection is used before a new one, with a new look-up of the name, takes its place; null:
 *     as long as it lasts
 * @param redirects how many redirects of one request are followed, within the target; 0: each is a failure, because a new
 *     redirect is a finding
 * @param bodyBytesMax the largest body; a larger one fails the request
 */
public record Wire(
        Protocol protocol,
        @Nullable HostPort connectTo,
        @Nullable Path trust,
        @Nullable Duration lifetime,
        int redirects,
        long bodyBytesMax) {

    /** Which HTTP is spoken. */
    public enum Protocol {
        /** HTTP/1.1, keep-alive. */
        HTTP_1_1,
        /** HTTP/2: by ALPN over TLS, with prior knowledge without. A target that speaks no HTTP/2 fails each request. */
        HTTP_2
    }

    /** A place to connect to. */
    public record HostPort(String host, int port) {

        /** Throws {@link IllegalArgumentException} for a port that there is not. */
        public HostPort {
            if (host.isEmpty() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("no place to connect to: " + host + ":" + port);
            }
        }
    }

    /** Redirects that may be followed at most. */
    public static final int REDIRECTS_MAX = 20;

    /** HTTP/1.1 to where the name leads, bodies up to 64 MiB. */
    public static final Wire PLAIN = new Wire(Protocol.HTTP_1_1, null, null, null, 0, 64L << 20);

    /** Throws {@link IllegalArgumentException} for bounds that mean nothing. */
    public Wire {
        if (redirects < 0 || redirects > REDIRECTS_MAX) {
            throw new IllegalArgumentException("redirects must be 0 to 20: " + redirects);
        }
        if (lifetime != null && !lifetime.isPositive()) {
            throw new IllegalArgumentException("a connection's lifetime must be above 0: " + lifetime);
        }
        if (bodyBytesMax < 0) {
            throw new IllegalArgumentException("the largest body must not be negative: " + bodyBytesMax);
        }
    }

    /** The same with HTTP/2. */
    public Wire http2() {
        return new Wire(Protocol.HTTP_2, connectTo, trust, lifetime, redirects, bodyBytesMax);
    }

    /** The same connecting elsewhere. */
    public Wire connectingTo(HostPort place) {
        return new Wire(protocol, place, trust, lifetime, redirects, bodyBytesMax);
    }

    /** The same trusting these certificates. */
    public Wire trusting(Path certificates) {
        return new Wire(protocol, connectTo, certificates, lifetime, redirects, bodyBytesMax);
    }

    /** The same with connections replaced after this long. */
    public Wire renewing(Duration after) {
        return new Wire(protocol, connectTo, trust, after, redirects, bodyBytesMax);
    }

    /** The same following so many redirects. */
    public Wire following(int most) {
        return new Wire(protocol, connectTo, trust, lifetime, most, bodyBytesMax);
    }

    /** The same with another limit on bodies. */
    public Wire withBodyBytesMax(long most) {
        return new Wire(protocol, connectTo, trust, lifetime, redirects, most);
    }
}
