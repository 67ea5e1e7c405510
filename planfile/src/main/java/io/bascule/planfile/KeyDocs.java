package io.bascule.planfile;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.table.PlanTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The tables of keys by their path in a plan, with names that authors choose in capitals. */
final class KeyDocs {
    /** One key at one place. */
    record Place(String path, String section, Key<?> key) {}

    /** Steps are documented once, below this path, and not below every phase. */
    static final String STEPS = "steps";

    private KeyDocs() {}

    /** Every table, from the outermost to the innermost, the steps' last. */
    static SequencedMap<String, Section> sections() {
        SequencedMap<String, Section> sections = new LinkedHashMap<>();
        walk("", PlanTable.ROOT, sections);
        PlanTable.steps().inside().forEach((kind, section) -> walk(STEPS + "." + kind, section, sections));
        return sections;
    }

    private static void walk(String path, Section section, SequencedMap<String, Section> into) {
        into.put(path, section);
        for (Key<?> key : section.keys()) {
            if (path.startsWith("phases.") && key.name().equals(STEPS)) {
                continue;
            }
            for (Map.Entry<String, Section> inner : key.type().inside().entrySet()) {
                walk(join(join(path, key.name()), inner.getKey()), inner.getValue(), into);
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
