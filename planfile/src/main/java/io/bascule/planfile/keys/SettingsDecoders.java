package io.bascule.planfile.keys;

import io.bascule.planfile.keys.SettingsDecoder.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The adapters' sections that this installation knows: the built-in ones, and those found on the class path. */
public final class SettingsDecoders {
    private static final Map<Role, SortedMap<String, SettingsDecoder>> KNOWN = load();

    private SettingsDecoders() {}

    private static Map<Role, SortedMap<String, SettingsDecoder>> load() {
        Map<Role, SortedMap<String, SettingsDecoder>> known = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            known.put(role, new TreeMap<>());
        }
        for (SettingsDecoder decoder : ServiceLoader.load(SettingsDecoder.class)) {
            known.getOrDefault(decoder.role(), new TreeMap<>())
                    .merge(decoder.adapter(), decoder, SettingsDecoders::outer);
        }
        return known;
    }

    private static SettingsDecoder outer(SettingsDecoder a, SettingsDecoder b) {
        return isBuiltIn(a) ? b : a;
    }

    /** Whether the plan file brings the section itself, and no other module does. */
    public static boolean isBuiltIn(SettingsDecoder decoder) {
        return decoder.getClass().getPackageName().equals("io.bascule.planfile.builtin");
    }

    public static Optional<SettingsDecoder> find(Role role, String adapter) {
        return Optional.ofNullable(all(role).get(adapter));
    }

    /** All of a role, by name. */
    public static SequencedMap<String, SettingsDecoder> all(Role role) {
        return KNOWN.getOrDefault(role, new TreeMap<>());
    }
}
