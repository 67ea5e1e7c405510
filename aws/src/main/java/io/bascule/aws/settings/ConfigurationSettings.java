package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import java.util.Optional;
import java.util.Set;

/** Configuration that AWS keeps as it was told until it is told otherwise: it cannot end by itself. */
abstract class ConfigurationSettings extends Means {
    private final Key<String> main;
    private final Set<String> fields;

    /**
     * @param main by which a step's resource is called
     * @param keys with {@code main} among them
     * @param fields that a step may set
     */
    ConfigurationSettings(String adapter, Key<String> main, Section keys, Set<String> fields) {
        super(Role.CONFIGURATION, adapter, keys);
        this.main = main;
        this.fields = Set.copyOf(fields);
    }

    @Override
    public final Optional<Key<?>> main() {
        return Optional.of(main);
    }

    @Override
    public final Set<String> fields() {
        return fields;
    }

    @Override
    public final boolean leases() {
        return false;
    }
}
