package io.bascule.planfile;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.MeansType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoders;
import io.bascule.planfile.table.PlanTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** The tables of keys by their path in a plan, with names that authors choose in capitals. */
final class KeyDocs {
    /** One key at one place. */
    record Place(String path, String section, Key<?> key) {}

    /** Steps are documented once, below this path, and not below every phase. */
    static final String STEPS = "steps";

    private KeyDocs() {}

    /** Every table, from the outermost to the innermost, the steps' last. */
    static SequencedMap<String, Section> sections() {
        return sections(key -> true);
    }

    /** Every table, without what lies below keys that are not wanted. */
    static SequencedMap<String, Section> sections(Predicate<Key<?>> wanted) {
        SequencedMap<String, Section> sections = new LinkedHashMap<>();
        walk("", PlanTable.ROOT, wanted, sections);
        PlanTable.steps().inside().forEach((kind, section) -> walk(STEPS + "." + kind, section, wanted, sections));
        return sections;
    }

    /** Whether a key is the plan file's own, and not one that another module brings. */
    static boolean isBuiltIn(Key<?> key) {
        return !(key.type() instanceof MeansType means) || SettingsDecoders.isBuiltIn(means.decoder());
    }

    private static void walk(
            String path, Section section, Predicate<Key<?>> wanted, SequencedMap<String, Section> into) {
        into.put(path, section);
        for (Key<?> key : section.keys()) {
            if (!wanted.test(key) || (path.startsWith("phases.") && key.name().equals(STEPS))) {
                continue;
            }
            for (Map.Entry<String, Section> inner : key.type().inside().entrySet()) {
                walk(join(join(path, key.name()), inner.getKey()), inner.getValue(), wanted, into);
            }
        }
    }

    static List<Place> places() {
        List<Place> places = new ArrayList<>();
        sections().forEach((path, section) -> {
            for (Key<?> key : section.keys()) {
                places.add(new Place(join(path, key.name()), section.what(), key));
            }
        });
        return places;
    }

    private static String join(String path, String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }
}
