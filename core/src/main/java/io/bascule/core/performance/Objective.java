package io.bascule.core.performance;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a run must keep to. Bounds are inclusive. */
public sealed interface Objective {
    /** How reports call it. */
    String name();

    /** As it was written. */
    String text();

    /**
     * A bound on a figure of the whole run: a census, unless a confidence is asked for.
     *
     * @param bound in the measure's unit, shares as fractions
     * @param confidence with which the figure must clear the bound; empty: the figure itself counts
     */
    record Bound(String name, Measure measure, boolean atMost, double bound, OptionalDouble confidence, String text)
            implements Objective {

        /** A value equal to the bound holds. */
        public boolean holds(double value) {
            return atMost ? value <= bound : value >= bound;
        }

        /** How much room the value leaves; negative when it is beyond the bound. */
        public double margin(double value) {
            return atMost ? bound - value : value - bound;
        }
    }

    /**
     * An error budget that must not be used up too fast: no window may burn it at more than its factor, over its long and
     * its short stretch alike.
     *
     * @param target the share of requests that must succeed: 0.999
     */
    record Burn(String name, double target, List<Pair> pairs, String text) implements Objective {
        /** The stretches and factors for steps of ten minutes to half an hour. */
        public static final List<Pair> CUSTOMARY = List.of(
                new Pair(Duration.ofMinutes(5), Duration.ofSeconds(30), 14.4),
                new Pair(Duration.ofMinutes(15), Duration.ofMinutes(2), 6));

        public Burn {
            pairs = List.copyOf(pairs);
            if (!(target > 0 && target < 1)) {
                throw new IllegalArgumentException("a target between 0 and 1: " + target);
            }
        }

        public double budget() {
            return 1 - target;
        }
    }

    /**
     * One long and one short stretch: the long one sees that it matters, the short one that it is going on.
     *
     * @param factor how many times faster than evenly the budget may be used, at most
     */
    record Pair(Duration longer, Duration shorter, double factor) {
        public String text() {
            return words(longer) + "/" + words(shorter) + " at " + Unit.plain(factor) + "x";
        }

        private static String words(Duration duration) {
            return duration.toString().substring(2).toLowerCase(Locale.ROOT);
        }
    }
}
