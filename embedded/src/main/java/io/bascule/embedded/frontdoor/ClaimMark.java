package io.bascule.embedded.frontdoor;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who owns the door, and until when. */
record ClaimMark(String owner, Instant until) {
    static ClaimMark parse(Map<String, String> fields) {
        return new ClaimMark(fields.getOrDefault("owner", ""), Texts.instant(fields.get("until")));
    }

    SortedMap<String, String> image() {
        return new TreeMap<>(Map.of("owner", owner, "until", until.toString()));
    }

    boolean heldAt(Instant now) {
        return now.isBefore(until);
    }
}
