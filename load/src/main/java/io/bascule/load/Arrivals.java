package io.bascule.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * When requests become due. Deterministic: every generator that knows the same arrivals computes the same moments, so
 * that several share one schedule by taking every n-th.
 */
public sealed interface Arrivals {

    /** The highest rate, in arrivals per second. */
    double RATE_MAX = 100_000;

    /**
     * The rate rises or falls in straight lines, stage by stage. Each moment follows from its number in closed form, so that
     * no rounding adds up.
     *
     * @param stages one after the other; at least one, none but the last endless
     * @param seed null for even spacing; otherwise gaps are random (a Poisson process), the same for the same seed
     */
    record Stages(List<Stage> stages, @Nullable Long seed) implements Arrivals {

        /** Copies the stages. Throws {@link IllegalArgumentException} for what has no meaning, saying what. */
        public Stages {
            stages = List.copyOf(stages);
            require(!stages.isEmpty(), "there must be a stage");
            for (Stage stage : stages.subList(0, stages.size() - 1)) {
                require(stage.lasts() != null, "only the last stage may be endless");
            }
        }

        @Override
        public PrimitiveIterator.OfLong due() {
            return new StagesDue(stages, seed);
        }

        @Override
        public @Nullable Duration lasts() {
            Duration sum = Duration.ZERO;
            for (Stage stage : stages) {
                Duration lasts = stage.lasts();
                if (lasts == null) {
                    return null;
                }
                sum = sum.plus(lasts);
            }
            return sum;
        }

        @Override
        public Arrivals after(Duration warmUp) {
            if (warmUp.isZero()) {
                return this;
            }
            double rate = stages.getFirst().from() > 0
                    ? stages.getFirst().from()
                    : stages.getFirst().to();
            var all = new ArrayList<Stage>(stages);
            all.addFirst(new Stage(rate, rate, warmUp));
            return new Stages(all, seed);
        }
    }

    /**
     * A part of a schedule in which the rate changes evenly.
     *
     * @param from arrivals per second at its beginning
     * @param to arrivals per second at its end
     * @param lasts how long; null for endless, at a constant rate
     */
    record Stage(double from, double to, @Nullable Duration lasts) {

        /** Checks every bound. Throws {@link IllegalArgumentException}, naming value and rule. */
        public Stage {
            require(from >= 0 && from <= RATE_MAX, "rate must be at least 0 and at most 100000: " + from);
            require(to >= 0 && to <= RATE_MAX, "rate must be at least 0 and at most 100000: " + to);
            require(lasts == null || lasts.isPositive(), "duration must be above 0: " + lasts);
            require(lasts != null || (from == to && from > 0), "an endless stage has one rate above 0: " + from);
        }

        double seconds() {
            return lasts == null ? Double.POSITIVE_INFINITY : lasts.toNanos() / 1e9;
        }

        /** How many arrivals fall into it, not rounded. */
        double arrivals() {
            return lasts == null ? Double.POSITIVE_INFINITY : (from + to) / 2 * seconds();
        }

        /** After how many seconds of the stage so many arrivals have come, not rounded. */
        double secondsAt(double arrivals) {
            if (from == to) {
                return arrivals / from;
            }
            double slope = (to - from) / seconds();
            return 2 * arrivals / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * arrivals)));
        }
    }

    /**
     * Moments that were recorded.
     *
     * @param nanos each in nanoseconds after the start, ascending
     */
    record Recorded(List<Long> nanos) implements Arrivals {

        /** Copies the moments. Throws {@link IllegalArgumentException} if there are none, or they are out of order. */
        public Recorded {
            nanos = List.copyOf(nanos);
            require(!nanos.isEmpty() && nanos.getFirst() >= 0, "there must be arrivals, none before the start");
            for (int i = 1; i < nanos.size(); i++) {
                require(nanos.get(i) >= nanos.get(i - 1), "arrival " + i + " is out of order");
            }
        }

        /** How many fall into the busiest second. */
        long busiestSecond() {
            int first = 0;
            long most = 0;
            for (int i = 0; i < nanos.size(); i++) {
                while (nanos.get(i) - nanos.get(first) >= TimeUnit.SECONDS.toNanos(1)) {
                    first++;
                }
                most = Math.max(most, i - first + 1L);
            }
            return most;
        }

        @Override
        public PrimitiveIterator.OfLong due() {
            return nanos.stream().mapToLong(Long::longValue).iterator();
        }

        @Override
        public Duration lasts() {
            return Duration.ofNanos(nanos.getLast() + 1);
        }

        @Override
        public Arrivals after(Duration warmUp) {
            return this;
        }

        @Override
        public String toString() {
            return nanos.size() + " recorded arrivals";
        }
    }

    /**
     * The closed model: so many users, each of whom asks again when answered. The target sets the pace, and its stalls slow
     * the generator down with it: a result says so.
     *
     * @param users at least 1, at most 10,000
     * @param think how long each waits between an answer and the next request
     * @param lasts how long; null for endless
     */
    record Closed(int users, Duration think, @Nullable Duration lasts) implements Arrivals {

        /** Checks every bound. Throws {@link IllegalArgumentException}, naming value and rule. */
        public Closed {
            require(users >= 1 && users <= 10_000, "users must be 1 to 10000: " + users);
            require(!think.isNegative(), "think time must not be negative: " + think);
            require(lasts == null || lasts.isPositive(), "duration must be above 0: " + lasts);
        }

        /** None by the clock. */
        @Override
        public PrimitiveIterator.OfLong due() {
            return LongStream.empty().iterator();
        }

        @Override
        public Arrivals after(Duration warmUp) {
            return lasts == null ? this : new Closed(users, think, lasts.plus(warmUp));
        }
    }

    /** The moments, in nanoseconds after the start, ascending; endless where {@link #lasts} is null. */
    PrimitiveIterator.OfLong due();

    /** How long arrivals come; null for endless. */
    @Nullable
    Duration lasts();

    /** The same after a warm-up at the rate of the beginning; recorded ones begin with their own. */
    Arrivals after(Duration warmUp);

    /** Arrivals per second on average; null where the target sets the pace. */
    default @Nullable Double perSecond() {
        return switch (this) {
            case Closed _ -> null;
            case Recorded recorded ->
                recorded.nanos.size() * 1e9 / recorded.lasts().toNanos();
            case Stages(List<Stage> stages, var _) -> {
                double seconds = stages.stream().mapToDouble(Stage::seconds).sum();
                yield Double.isInfinite(seconds)
                        ? stages.getLast().to()
                        : stages.stream().mapToDouble(Stage::arrivals).sum() / seconds;
            }
        };
    }

    /** Evenly spaced at a constant rate, endless. */
    static Arrivals constant(double perSecond) {
        return new Stages(List.of(new Stage(perSecond, perSecond, null)), null);
    }

    /** The same, cut to this length where it is a constant rate or closed, whose length is open. */
    default Arrivals lasting(Duration duration) {
        return switch (this) {
            case Stages(List<Stage> stages, Long seed) -> {
                if (stages.size() > 1
                        || stages.getFirst().from() != stages.getFirst().to()) {
                    throw new IllegalArgumentException("several stages have their own lengths");
                }
                double rate = stages.getFirst().from();
                yield new Stages(List.of(new Stage(rate, rate, duration)), seed);
            }
            case Closed(int users, Duration think, var _) -> new Closed(users, think, duration);
            case Recorded _ -> throw new IllegalArgumentException("recorded arrivals have their own length");
        };
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The moments of stages. */
    final class StagesDue implements PrimitiveIterator.OfLong {
        private final List<Stage> stages;
        private final @Nullable SplittableRandom random;
        private int stage;
        private double arrivalsBefore;
        private double secondsBefore;
        private long number;
        private double sum;
        private long next;

        private StagesDue(List<Stage> stages, @Nullable Long seed) {
            this.stages = stages;
            random = seed == null ? null : new SplittableRandom(seed);
            sum = random == null ? 0 : gap(random);
            next = find(0);
        }

        @Override
        public boolean hasNext() {
            return next >= 0;
        }

        @Override
        public long nextLong() {
            if (next < 0) {
                throw new NoSuchElementException();
            }
            long due = next;
            number++;
            sum = random == null ? number : sum + gap(random);
            next = find(due);
            return due;
        }

        /** When the sum of arrivals is reached; negative when it never is. */
        private long find(long least) {
            while (stage < stages.size()) {
                Stage now = stages.get(stage);
                double within = sum - arrivalsBefore;
                if (within < now.arrivals()) {
                    double seconds = secondsBefore + now.secondsAt(within);
                    return Math.max(least, (long) (seconds * TimeUnit.SECONDS.toNanos(1)));
                }
                arrivalsBefore += now.arrivals();
                secondsBefore += now.seconds();
                stage++;
            }
            return -1;
        }

        private static double gap(SplittableRandom random) {
            return -Math.log(1 - random.nextDouble());
        }
    }
}
