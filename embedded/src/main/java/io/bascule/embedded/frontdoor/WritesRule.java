package io.bascule.embedded.frontdoor;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the door does with writes, as the owned fields of a {@code WRITES} resource tell it.
 *
 * @param image the owned fields, texts exactly as they were given
 * @param until empty when open
 */
record WritesRule(SortedMap<String, String> image, Mode mode, Optional<Instant> until) {
    static final WritesRule OPEN = parse(Map.of("writes", "open"));

    enum Mode {
        OPEN,
        HOLD,
        REJECT
    }

    WritesRule {
        image = Collections.unmodifiableSortedMap(new TreeMap<>(image));
    }

    /** @throws IllegalArgumentException when the fields are no such image; the message says why */
    static WritesRule parse(Map<String, String> fields) {
        Mode mode = switch (fields.getOrDefault("writes", "")) {
            case "open" -> Mode.OPEN;
            case "hold" -> Mode.HOLD;
            case "reject" -> Mode.REJECT;
            case String other -> throw new IllegalArgumentException("writes is open, hold or reject: " + other);
        };
        if (fields.size() != (mode == Mode.OPEN ? 1 : 2)) {
            throw new IllegalArgumentException("writes is open alone, or hold or reject with until");
        }
        Optional<Instant> until =
                mode == Mode.OPEN ? Optional.empty() : Optional.of(Texts.instant(fields.getOrDefault("until", "")));
        return new WritesRule(new TreeMap<>(fields), mode, until);
    }

    /** Whether its deadline has passed; open from then on. */
    boolean isOver(Instant now) {
        return until.isPresent() && !now.isBefore(until.get());
    }
}
