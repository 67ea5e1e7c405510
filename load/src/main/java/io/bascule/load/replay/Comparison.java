package io.bascule.load.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Tells differences from noise. First {@link #learn} from all answers which values the source changes by
 * itself, then {@link #count} all places where it differs from itself: that is noise. Then {@link #compare} them all. A difference at a place without noise is a suspicion at once; at one where the source differs from itself in
 * at most a fifth of the requests, when it is seen more often than that explains (one-sided, 99.9 %, and in more than 0.03 %
 * of requests); elsewhere never, for a clock's values differ the more, the later one asks.
 */
final class Comparison {

    private static final double Z = 3.09;
    private static final double SHARE_MIN = 0.0003;
    private static final double NOISE_MAX = 0.2;
    private static final int EXAMPLES_MAX = 5;

    /** Where the source differs from itself, and how often. */
    private final Map<Place, Long> noise = new HashMap<>();

    private final SortedMap<Place, Suspicion> suspicions = new TreeMap<>();
    private final Map<String, Long> compared = new HashMap<>();
    private final Map<String, Set<String>> masks = new HashMap<>();

    /** A difference, and the first few requests that showed it. */
    static final class Suspicion {
        private final List<Integer> examples = new ArrayList<>();
        private List<String> sides = List.of("", "");
        private long count;

        List<Integer> examples() {
            return Collections.unmodifiableList(examples);
        }

        List<String> sides() {
            return sides;
        }

        long count() {
            return count;
        }

        private void seen(int arrival, List<String> both) {
            if (count++ == 0) {
                sides = both;
            }
            if (examples.size() < EXAMPLES_MAX) {
                examples.add(arrival);
            }
        }
    }

    /** What the source answers differently by itself. */
    void learn(String endpoint, Answer source, Answer again) {
        Predicate<String> nothing = _ -> false;
        Place.differences(endpoint, Leaves.of(source, nothing), Leaves.of(again, nothing))
                .keySet()
                .forEach(place -> {
                    if (place.kind() == Place.Kind.VALUE && !place.where().endsWith("/*=")) {
                        masks.computeIfAbsent(endpoint, _ -> new HashSet<>()).add(place.where());
                    }
                });
    }

    /** The same, with the noisy values left out of items. */
    void count(String endpoint, Answer source, Answer again) {
        compared.merge(endpoint, 1L, Long::sum);
        Place.differences(endpoint, Leaves.of(source, mask(endpoint)), Leaves.of(again, mask(endpoint)))
                .keySet()
                .forEach(place -> noise.merge(place, 1L, Long::sum));
    }

    /** What the target answers differently. */
    void compare(int arrival, String endpoint, Answer source, Answer target) {
        differences(endpoint, Leaves.of(source, mask(endpoint)), target)
                .forEach((place, sides) ->
                        suspicions.computeIfAbsent(place, _ -> new Suspicion()).seen(arrival, sides));
    }

    /** Whether the place differs between source and target, and not within the source. */
    boolean shows(Place place, Answer source, Answer again, Answer target) {
        String endpoint = place.endpoint();
        var one = Leaves.of(source, mask(endpoint));
        return differences(endpoint, one, target).containsKey(place)
                && !Place.differences(endpoint, one, Leaves.of(again, mask(endpoint)))
                        .containsKey(place);
    }

    private SortedMap<Place, List<String>> differences(
            String endpoint, SortedMap<String, List<String>> source, Answer target) {
        var all = Place.differences(endpoint, source, Leaves.of(target, mask(endpoint)));
        // noise explains nothing: a length that varies anyway must not hide what stands in the list
        var told = new TreeMap<>(all);
        told.keySet().removeIf(place -> noise.containsKey(place));
        var pruned = Place.pruned(told);
        boolean none = target.status() == 0; // then that is all there is to tell, of noisy places too
        all.forEach((place, sides) -> {
            if (noise.containsKey(place) && (!none || place.where().equals("status"))) {
                pruned.put(place, sides);
            }
        });
        return pruned;
    }

    /** What may be a finding. */
    SortedMap<Place, Suspicion> suspicions() {
        var told = new TreeMap<>(suspicions);
        told.entrySet().removeIf(each -> !isSuspicious(each.getKey(), each.getValue()));
        return told;
    }

    private boolean isSuspicious(Place place, Suspicion suspicion) {
        boolean valueIsNoise = noise.containsKey(new Place(place.endpoint(), place.where(), Place.Kind.VALUE));
        if (place.kind() == Place.Kind.SHAPE && !valueIsNoise) {
            return false;
        }
        return !noise.containsKey(place) || exceedsNoise(place, suspicion);
    }

    private boolean exceedsNoise(Place place, Suspicion suspicion) {
        double n = compared(place.endpoint());
        double target = suspicion.count() / n;
        double own = noise.getOrDefault(place, 0L) / n;
        double pooled = (target + own) / 2;
        double error = Math.sqrt(2 * pooled * (1 - pooled) / n);
        return own <= NOISE_MAX && target - own > SHARE_MIN && target - own > Z * error;
    }

    long compared(String endpoint) {
        return compared.getOrDefault(endpoint, 0L);
    }

    SortedMap<String, Long> noise() {
        var told = new TreeMap<String, Long>();
        noise.forEach((place, count) -> {
            if (place.kind() != Place.Kind.SHAPE) {
                told.merge(place.endpoint() + " " + place.where(), count, Math::max);
            }
        });
        return told;
    }

    private Predicate<String> mask(String endpoint) {
        return masks.getOrDefault(endpoint, Set.of())::contains;
    }
}
