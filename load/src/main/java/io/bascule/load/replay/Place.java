package io.bascule.load.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Somewhere two answers can differ.
 *
 * @param endpoint the request's method and path, whatever looks like an id replaced by {@code *}
 * @param where status, a header, or a place in the body
 */
record Place(String endpoint, String where, Kind kind) implements Comparable<Place> {

    /** In which way. */
    enum Kind {
        /** Other values, or none. */
        VALUE,
        /** The same values in another order. */
        ORDER,
        /** Values of another shape, where the values themselves are noise. */
        SHAPE
    }

    private static final Pattern ID = Pattern.compile("^(.*\\d.*|[0-9a-fA-F-]{16,})$");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern WORD = Pattern.compile("\\w+");

    static String endpoint(String method, String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        var endpoint = new StringBuilder(method).append(' ');
        for (String segment : plain.substring(1).split("/", -1)) {
            endpoint.append('/').append(ID.matcher(segment).matches() ? "*" : segment);
        }
        if (query >= 0) {
            var names = new TreeSet<String>();
            for (String pair : path.substring(query + 1).split("&")) {
                names.add(pair.split("=", 2)[0]);
            }
            endpoint.append('?').append(String.join("&", names));
        }
        return endpoint.toString();
    }

    /** All differences of two answers taken apart, each with both sides' values. */
    static SortedMap<Place, List<String>> differences(
            String endpoint, SortedMap<String, List<String>> one, SortedMap<String, List<String>> other) {
        var differences = new TreeMap<Place, List<String>>();
        Set<String> wheres = new TreeSet<>(one.keySet());
        wheres.addAll(other.keySet());
        for (String where : wheres) {
            List<String> a = one.getOrDefault(where, List.of());
            List<String> b = other.getOrDefault(where, List.of());
            if (a.equals(b)) {
                continue;
            }
            boolean moved = sorted(a).equals(sorted(b));
            differences.put(new Place(endpoint, where, moved ? Kind.ORDER : Kind.VALUE), sides(a, b));
            List<String> shapeA =
                    a.stream().map(Place::shape).sorted().distinct().toList();
            List<String> shapeB =
                    b.stream().map(Place::shape).sorted().distinct().toList();
            if (!shapeA.equals(shapeB)) {
                differences.put(new Place(endpoint, where, Kind.SHAPE), sides(a, b));
            }
        }
        return differences;
    }

    /** What ids and times of one format have in common: whether it is a number, else everything but the words. */
    static String shape(String value) {
        return NUMBER.matcher(value).matches() ? "number" : WORD.matcher(value).replaceAll("w");
    }

    /** The differences without those that only follow from another one of the same answer. */
    static SortedMap<Place, List<String>> pruned(SortedMap<Place, List<String>> all) {
        var kept = new TreeMap<>(all);
        kept.keySet().removeIf(place -> all.keySet().stream().anyMatch(place::followsFrom));
        return kept;
    }

    /** Another status explains all else, another length what stands in the list, an item its fields, and the other way. */
    private boolean followsFrom(Place cause) {
        if (cause.equals(this)) {
            return false;
        }
        if (cause.where.equals("status")) {
            return !where.equals("status") || (kind == Kind.SHAPE && cause.kind == Kind.VALUE);
        }
        if (cause.where.equals("body lines") && where.startsWith("body line ")) {
            return true;
        }
        if (cause.where.endsWith("/#") && cause.kind == Kind.VALUE) {
            return where.startsWith(cause.where.substring(0, cause.where.length() - 1) + "*");
        }
        String list = where.endsWith("/*=") ? where.substring(0, where.length() - 1) : null;
        if (list != null && kind != Kind.ORDER) {
            return cause.kind == Kind.VALUE && cause.where.startsWith(list + "/");
        }
        return kind == Kind.ORDER
                && cause.kind == Kind.ORDER
                && cause.where.endsWith("/*=")
                && where.startsWith(cause.where.substring(0, cause.where.length() - 1) + "/");
    }

    private static List<String> sides(List<String> a, List<String> b) {
        return List.of(text(a), text(b));
    }

    private static String text(List<String> values) {
        String text = values.isEmpty() ? "nothing" : values.size() == 1 ? values.getFirst() : values.toString();
        return text.length() > 120 ? text.substring(0, 119) + "…" : text;
    }

    private static List<String> sorted(List<String> values) {
        var sorted = new ArrayList<>(values);
        sorted.sort(null);
        return sorted;
    }

    @Override
    public int compareTo(Place other) {
        int byEndpoint = endpoint.compareTo(other.endpoint);
        int byWhere = byEndpoint != 0 ? byEndpoint : where.compareTo(other.where);
        return byWhere != 0 ? byWhere : kind.compareTo(other.kind);
    }
}
