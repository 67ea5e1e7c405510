package io.bascule.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A DNS zone with the documented rules of Route 53: a name is either simple or weighted; a DELETE must name exactly
 * what is there; a CREATE must not meet anything; weighted records have one value each and one TTL together; a batch is
 * carried out whole or not at all.
 */
public final class SimZone {
    /**
     * One record.
     *
     * @param id the set identifier; empty for a simple record
     * @param weight 0 to 255; of no meaning for a simple record
     */
    public record Entry(String name, String id, int ttl, int weight, List<String> values) {
        public Entry {
            values = List.copyOf(values);
        }

        boolean isSimple() {
            return id.isEmpty();
        }
    }

    /** One line of a batch. */
    public record Edit(boolean create, Entry entry) {}

    private static final int MOST = 255;

    private Map<String, Entry> entries = new TreeMap<>();

    /** Everything under a name. */
    public List<Entry> read(String name) {
        return entries.values().stream().filter(e -> e.name().equals(name)).toList();
    }

    /** Carries the batch out, or says why nothing was changed. */
    public Optional<String> change(List<Edit> batch) {
        Map<String, Entry> next = new TreeMap<>(entries);
        for (Edit edit : batch) {
            Optional<String> why = edit.create() ? create(next, edit.entry()) : delete(next, edit.entry());
            if (why.isPresent()) {
                return why;
            }
        }
        entries = next;
        return Optional.empty();
    }

    private static Optional<String> delete(Map<String, Entry> all, Entry entry) {
        if (!entry.equals(all.get(key(entry)))) {
            return Optional.of("InvalidChangeBatch: the values provided do not match the current values");
        }
        all.remove(key(entry));
        return Optional.empty();
    }

    private static Optional<String> create(Map<String, Entry> all, Entry entry) {
        if (all.containsKey(key(entry))) {
            return Optional.of("InvalidChangeBatch: it already exists");
        }
        if (!entry.isSimple()
                && (entry.weight() < 0
                        || entry.weight() > MOST
                        || entry.values().size() != 1)) {
            return Optional.of("InvalidInput: a weighted record has one value and a weight of 0 to 255");
        }
        for (Entry sibling : all.values()) {
            if (sibling.name().equals(entry.name()) && sibling.isSimple() != entry.isSimple()) {
                return Optional.of("InvalidChangeBatch: a " + (sibling.isSimple() ? "non-weighted" : "weighted")
                        + " set exists with the same name");
            }
            if (sibling.name().equals(entry.name()) && sibling.ttl() != entry.ttl()) {
                return Optional.of("InvalidChangeBatch: weighted records of one name have one TTL");
            }
        }
        all.put(key(entry), entry);
        return Optional.empty();
    }

    /** Replaces everything under a name by what is wanted, given exactly what was seen: a compare-and-set. */
    public Optional<String> replace(List<Entry> seen, List<Entry> wanted) {
        List<Edit> batch = new ArrayList<>();
        seen.forEach(entry -> batch.add(new Edit(false, entry)));
        wanted.forEach(entry -> batch.add(new Edit(true, entry)));
        return change(batch);
    }

    private static String key(Entry entry) {
        return entry.name() + " " + entry.id();
    }
}
