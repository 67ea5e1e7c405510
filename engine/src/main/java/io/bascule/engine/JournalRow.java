package io.bascule.engine;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.json.RecordJson;
import io.bascule.core.run.Entry;
import io.bascule.core.run.RunEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it lies in the journal table.
 *
 * @param v version of the body's form
 * @param type the event's simple name, repeated from the body for queries
 * @param step the act, step or gate it is about, repeated from the body; empty for none
 * @param fence version of the lease under which it was written; 0 for the first entry, which needs none
 * @param body the event in canonical JSON
 * @param hash see {@link HashChain}
 */
record JournalRow(long seq, Instant at, int v, String type, String step, long fence, String body, String hash) {
    static final int VERSION = 1;

    /** The row of an entry, tied to the hash before it. */
    static JournalRow of(String run, Entry entry, long fence, String previous) {
        if (!(entry.event() instanceof Record event)) {
            throw new IllegalArgumentException(
                    "an event is a record: " + entry.event().getClass());
        }
        Map<String, @Nullable Object> map = RecordJson.toMap(event);
        String type = event.getClass().getSimpleName();
        Instant at = Instant.ofEpochMilli(entry.at().toEpochMilli());
        JournalRow open = new JournalRow(entry.seq(), at, VERSION, type, subject(map), fence, Json.canonical(map), "");
        return open.sealedBy(HashChain.link(previous, run, open));
    }

    private JournalRow sealedBy(String link) {
        return new JournalRow(seq, at, v, type, step, fence, body, link);
    }

    /** @throws JsonException when the body is not an event that this version knows */
    Entry entry() {
        return new Entry(seq, at, RecordJson.fromMap(RunEvent.class, map()));
    }

    private Map<String, @Nullable Object> map() {
        if (!(Json.parse(body) instanceof Map<?, ?> parsed)) {
            throw new JsonException("entry " + seq + " is not an object");
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        parsed.forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    /** Whether type and step still are what the body says. */
    boolean columnsAgree() {
        try {
            Map<String, @Nullable Object> map = map();
            return type.equals(map.get("type")) && step.equals(subject(map));
        } catch (JsonException e) {
            return false;
        }
    }

    private static String subject(Map<String, @Nullable Object> map) {
        for (String key : List.of("act", "step", "gate")) {
            if (map.get(key) instanceof String text) {
                return text;
            }
        }
        return "";
    }
}
