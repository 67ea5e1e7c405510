package io.bascule.load.replay;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An answer taken apart: every place in it, with the values that stand there in their order. Items of a list share a place
 * ({@code body /items/&#42;/id}), so that a list in another order has the same values at the same places.
 */
final class Leaves {

    /** Headers that say nothing about what an application does. */
    private static final Set<String> IGNORED = Set.of(
            "date",
            "server",
            "via",
            "age",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "x-request-id",
            "x-amzn-trace-id",
            "x-amzn-requestid",
            "traceparent",
            "tracestate",
            "x-bascule-side",
            "x-bascule-parked");

    private static final int ITEMS_COMPARED_WHOLE = 1_000;

    private final SortedMap<String, List<String>> values = new TreeMap<>();
    private final Predicate<String> masked;

    private Leaves(Predicate<String> masked) {
        this.masked = masked;
    }

    /**
     * Takes an answer apart.
     *
     * @param masked places whose values are noise: they are left out of the items that are compared as a whole
     */
    static SortedMap<String, List<String>> of(Answer answer, Predicate<String> masked) {
        var leaves = new Leaves(masked);
        leaves.add("status", answer.status() == 0 ? "none: " + answer.error() : "" + answer.status());
        if (answer.status() != 0) {
            leaves.headers(answer.headers());
            leaves.body(answer);
        }
        return leaves.values;
    }

    private void add(String place, String value) {
        values.computeIfAbsent(place, _ -> new ArrayList<>()).add(value);
    }

    private void headers(List<String> headers) {
        for (int i = 0; i + 1 < headers.size(); i += 2) {
            String name = headers.get(i).toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                cookie(headers.get(i + 1));
            } else if (!IGNORED.contains(name)) {
                add("header " + name, headers.get(i + 1));
            }
        }
    }

    /** A cookie's name and attributes; its value is the user's own, and its date follows the clock. */
    private void cookie(String line) {
        String[] parts = line.split(";");
        String name = parts[0].split("=", 2)[0].trim();
        add("header set-cookie", name);
        for (int i = 1; i < parts.length; i++) {
            String attribute = parts[i].trim();
            boolean dated = attribute.toLowerCase(Locale.ROOT).startsWith("expires");
            add("header set-cookie " + name, dated ? "expires" : attribute);
        }
    }

    private void body(Answer answer) {
        boolean whole = answer.bodyBytes() <= answer.body().length() * 4L;
        if (!whole || answer.bodyBytes() > 65_536) {
            add("body size", "" + answer.bodyBytes());
        }
        String text = answer.body();
        if (text.isEmpty()) {
            add("body", "empty");
            return;
        }
        char first = text.stripLeading().isEmpty() ? ' ' : text.stripLeading().charAt(0);
        if (first == '{' || first == '[') {
            try {
                json("body ", Json.parse(text));
                return;
            } catch (JsonException e) {
                // text, then
            }
        }
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            add("body line " + ++number, line.strip());
        }
        add("body lines", "" + number);
    }

    private void json(String place, @Nullable Object value) {
        switch (value) {
            case null -> add(place, "null");
            case Map<?, ?> map when map.isEmpty() -> add(place, "{}");
            case Map<?, ?> map -> map.forEach((key, inner) -> json(place + "/" + escaped(String.valueOf(key)), inner));
            case List<?> list -> list(place, list);
            case String text -> add(place, "\"" + text + "\"");
            default -> add(place, Json.canonical(value));
        }
    }

    private void list(String place, List<?> list) {
        add(place + "/#", "" + list.size());
        for (Object item : list) {
            json(place + "/*", item);
            if (item instanceof Map<?, ?> && list.size() <= ITEMS_COMPARED_WHOLE) {
                add(place + "/*=", whole(place + "/*", item));
            }
        }
    }

    /** An item as a whole, so that values that moved from one item to another show. */
    private String whole(String place, @Nullable Object value) {
        if (masked.test(place)) {
            return "~";
        }
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, String>();
                map.forEach((key, inner) ->
                        sorted.put(String.valueOf(key), whole(place + "/" + escaped(String.valueOf(key)), inner)));
                yield sorted.toString();
            }
            case List<?> list ->
                list.stream()
                        .map(item -> whole(place + "/*", item))
                        .sorted()
                        .toList()
                        .toString();
            case null -> "null";
            default -> Json.canonical(value);
        };
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
