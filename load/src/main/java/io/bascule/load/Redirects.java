package io.bascule.load;

import java.net.URI;
import java.util.Optional;

/** Where redirects lead. */
final class Redirects {

    private Redirects() {}

    /** The path and query that a {@code Location} leads to; empty when it leads out of the target, or nowhere. */
    static Optional<String> within(
            LoadProfile profile, String path, @org.jspecify.annotations.Nullable String location) {
        if (location == null) {
            return Optional.empty();
        }
        try {
            URI base = profile.target().resolve(path);
            URI to = base.resolve(location);
            boolean same = to.getHost() != null
                    && to.getHost().equalsIgnoreCase(profile.target().getHost())
                    && String.valueOf(to.getScheme())
                            .equalsIgnoreCase(profile.target().getScheme())
                    && port(to) == profile.port();
            return same ? Optional.of(pathOf(to)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String pathOf(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
