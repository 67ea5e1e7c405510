package io.bascule.app.meters;

import io.bascule.core.port.MeterProvider;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

/** The meters that this version knows: this module's, and those of the platforms. */
final class Meters {
    private Meters() {}

    static Optional<MeterProvider> of(String scheme) {
        for (MeterProvider provider : ServiceLoader.load(MeterProvider.class)) {
            if (provider.schemes().contains(scheme)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    static SortedSet<String> schemes() {
        TreeSet<String> schemes = new TreeSet<>();
        ServiceLoader.load(MeterProvider.class).forEach(provider -> schemes.addAll(provider.schemes()));
        return schemes;
    }
}
