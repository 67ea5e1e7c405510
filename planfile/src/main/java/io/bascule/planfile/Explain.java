package io.bascule.planfile;

import io.bascule.core.rules.Nearest;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.problem.CodeBook;
import io.bascule.planfile.problem.Entry;
import io.bascule.planfile.table.PlanTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a plan key or a problem code means: the text of {@code bascule explain KEY|CODE}. */
public final class Explain {
    private Explain() {}

    /**
     * The text for a code ({@code BSC-1101}), a key's path as in a plan ({@code entrances.web.park},
     * {@code phases.freeze[0].freeze.at-most}), a part of one ({@code at-most}), or a kind of step; empty when there is
     * no such thing.
     */
    public static Optional<String> of(String what) {
        String asked = what.strip();
        Optional<Entry> code = CodeBook.find(number(asked));
        return code.isPresent() ? code.map(Explain::text) : keys(asked);
    }

    /** What may have been meant; empty when nothing is near. */
    public static Optional<String> nearest(String what) {
        List<String> words = new ArrayList<>(CodeBook.all().keySet());
        KeyDocs.places().forEach(place -> words.add(place.key().name()));
        return Nearest.to(last(what.strip()), words);
    }

    private static String number(String asked) {
        String upper = asked.toUpperCase(Locale.ROOT);
        return upper.matches("\\d{4}") ? "BSC-" + upper : upper;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String text(Entry entry) {
        return entry.number() + (entry.isWarning() ? " (warning): " : ": ") + entry.title() + "\n\n" + entry.meaning()
                + "\n\nWhat the tool did: " + entry.did() + "\nWhat to do: " + entry.remedy() + "\n";
    }

    private static Optional<String> keys(String asked) {
        List<String> parts = Arrays.stream(asked.replaceAll("\\[\\d*\\]", "").split("\\."))
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        List<KeyDocs.Place> found = new ArrayList<>();
        for (KeyDocs.Place place : KeyDocs.places()) {
            if (fits(place.path(), parts)) {
                found.add(place);
            }
        }
        String kind = PlanTable.stepDocs().getOrDefault(parts.getLast(), "");
        String steps = kind.isEmpty() ? "" : step(parts.getLast(), kind);
        String text = found.stream().map(Explain::text).distinct().collect(Collectors.joining("\n"));
        return found.isEmpty() && steps.isEmpty()
                ? Optional.empty()
                : Optional.of(steps + (steps.isEmpty() || text.isEmpty() ? "" : "\n") + text);
    }

    /** Whether the asked parts are the end of a place's path; names in capitals stand for any, phases for "steps". */
    private static boolean fits(String path, List<String> asked) {
        List<String> parts = Arrays.stream(
                        path.replaceAll("\\.?\\([^)]*\\)", "").split("\\."))
                .toList();
        List<String> wanted = asked;
        if (asked.size() > 2
                && asked.getFirst().equals("phases")
                && parts.getFirst().equals(KeyDocs.STEPS)) {
            wanted = asked.subList(2, asked.size());
        }
        int skip = parts.size() - wanted.size();
        for (int i = 0; skip >= 0 && i < wanted.size(); i++) {
            String part = parts.get(skip + i);
            boolean name = part.equals(part.toUpperCase(Locale.ROOT));
            if (!name && !part.equals(wanted.get(i))) {
                return false;
            }
        }
        return skip >= 0 && parts.getLast().equals(wanted.getLast());
    }

    private static String step(String kind, String doc) {
        Section section = PlanTable.steps().kinds().get(kind);
        StringBuilder out = new StringBuilder("step " + kind + "\n  " + doc + "\n");
        if (section != null) {
            for (Key<?> key : section.keys()) {
                out.append("  ")
                        .append(key.name())
                        .append(": ")
                        .append(key.type().word());
                out.append(key.isRequired() ? " (required)" : "").append('\n');
            }
        }
        return out.toString();
    }

    private static String text(KeyDocs.Place place) {
        Key<?> key = place.key();
        StringBuilder out = new StringBuilder(place.path() + "\n  " + key.doc() + "\n");
        out.append("  value: ").append(key.type().word()).append('\n');
        out.append("  ").append(need(key)).append('\n');
        out.append("  example: ")
                .append(key.name())
                .append(": ")
                .append(key.type().example())
                .append('\n');
        Map<String, Section> inside = key.type().inside();
        if (inside.size() == 1) {
            String words = inside.values().iterator().next().keys().stream()
                    .<String>map(Key::name)
                    .collect(Collectors.joining(", "));
            out.append("  keys inside: ").append(words).append('\n');
        }
        return out.toString();
    }

    private static String need(Key<?> key) {
        return key.isRequired()
                ? "required"
                : key.defaultText().map(text -> "default: " + text).orElse("may be left out");
    }
}
