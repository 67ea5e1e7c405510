package io.bascule.embedded.frontdoor;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to change the door, as its JSON has it.
 *
 * @param token the same twice has the effect of once
 * @param notAfter refused once it has passed
 */
record ChangeRequest(
        String token,
        Optional<Instant> notAfter,
        OptionalLong expectedRevision,
        Optional<SortedMap<String, String>> expected,
        SortedMap<String, String> wanted) {
    ChangeRequest {
        wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
    }

    /** @throws IllegalArgumentException when members are missing or wrong */
    static ChangeRequest parse(Map<String, @Nullable Object> json) {
        Object notAfter = json.get("notAfter");
        return new ChangeRequest(
                Texts.text(json, "token"),
                notAfter == null ? Optional.empty() : Optional.of(Texts.instant(notAfter.toString())),
                json.get("expectedRevision") == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Texts.number(json, "expectedRevision", 0)),
                json.get("expected") == null ? Optional.empty() : Optional.of(Texts.fields(json, "expected")),
                Texts.fields(json, "wanted"));
    }

    /** Decides over the state as it is; {@code until} is the deadline of the state wanted, when it is leased. */
    Ruling rule(Instant now, long revision, SortedMap<String, String> is, boolean known, Optional<Instant> until) {
        if (known || is.equals(wanted)) {
            return new Ruling.Made(revision, false);
        }
        if (notAfter.isPresent() && now.isAfter(notAfter.get())) {
            return new Ruling.Late("arrived after " + notAfter.get());
        }
        if (expectedRevision.isPresent() && expectedRevision.getAsLong() != revision) {
            return new Ruling.Conflict(revision, is);
        }
        if (expected.isPresent() && !expected.get().equals(is)) {
            return new Ruling.Conflict(revision, is);
        }
        if (until.isPresent() && !now.isBefore(until.get())) {
            return new Ruling.Late("the lease wanted has passed already: " + until.get());
        }
        return new Ruling.Make();
    }
}
