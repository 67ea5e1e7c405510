package io.bascule.core.run;

import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a state that ends by itself is written as an image: its fields, its deadline, and what it falls back to. */
final class Leases {
    private Leases() {}

    static boolean isDeadline(String field) {
        return field.equals("until") || field.endsWith(".until");
    }

    /** Until when a leased image holds; empty for one that does not end by itself. */
    static Optional<Instant> deadline(Image image) {
        return image.owned().entrySet().stream()
                .filter(field -> isDeadline(field.getKey()))
                .map(field -> Instant.parse(field.getValue()))
                .findFirst();
    }

    /** The image of {@code fields} that holds until the deadline and then is {@code before} again. */
    static Image until(Resource.Kind kind, SortedMap<String, String> fields, Image before, Instant deadline) {
        TreeMap<String, String> owned = new TreeMap<>(fields);
        String until = deadline.truncatedTo(ChronoUnit.MILLIS).toString();
        switch (kind) {
            case WRITES, FENCE -> owned.put("until", until);
            case TRAFFIC, SINGLETON -> {
                owned.put("until", until);
                fields.keySet().forEach(field -> owned.put("else-" + field, plain(before, field)));
            }
            case CONFIGURATION ->
                fields.keySet().forEach(field -> {
                    owned.put(field + ".until", until);
                    owned.put(field + ".else", plain(before, field));
                });
            case COPY, REVERSE, DNS, CAPACITY, EXISTENCE, SWITCH, SCRIPT ->
                throw new IllegalArgumentException(kind + " cannot be leased");
        }
        return new Image(owned, new TreeMap<>());
    }

    /**
     * What a lease taken on {@code before} ends in by itself. A fence and an entrance's writes open, whatever they were;
     * everything else is again what it was, without the lease that it may have had then.
     */
    static Image fallback(Resource.Kind kind, Image before) {
        return switch (kind) {
            case FENCE -> Image.of("fence", "open");
            case WRITES -> Image.of("writes", "open");
            case TRAFFIC, SINGLETON, CONFIGURATION, COPY, REVERSE, DNS, CAPACITY, EXISTENCE, SWITCH, SCRIPT -> {
                TreeMap<String, String> owned = new TreeMap<>(lasting(before).owned());
                owned.replaceAll((field, _) -> plain(before, field));
                yield new Image(owned, before.context());
            }
        };
    }

    /** What the field is without its lease. */
    private static String plain(Image image, String field) {
        return image.owned()
                .getOrDefault(field + ".else", image.owned().getOrDefault("else-" + field, image.get(field)));
    }

    /** The image without deadline and fallback: what it says while it lasts. */
    static Image lasting(Image image) {
        TreeMap<String, String> owned = new TreeMap<>();
        for (Map.Entry<String, String> field : image.owned().entrySet()) {
            String key = field.getKey();
            if (!isDeadline(key) && !key.startsWith("else-") && !key.endsWith(".else")) {
                owned.put(key, field.getValue());
            }
        }
        return new Image(owned, new TreeMap<>());
    }
}
