package io.bascule.core.performance;

import io.bascule.core.stats.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of one run under load: measured by a generator, or typed in. What was not measured is absent.
 *
 * @param name how reports call it
 * @param load what was asked of the target
 * @param requests requests that ended
 * @param failed those of them that failed
 * @param begun when requests began to arrive
 * @param lasted how long they did
 * @param figures of the whole run, by the name of their {@link Measure}, in its unit
 * @param slices the run's seconds, oldest first; empty for typed-in figures
 * @param millis response times of the whole run, from when each request was due, failed ones included
 * @param samples of resources over the run's time, by the name of their measure
 * @param errors failures by kind
 * @param invalid why the generator's figures must not be judged
 * @param schedule equal for runs that were under load at the same time on one schedule
 * @param untold why measures that were asked for are absent, by their name
 */
public record Measured(
        String name,
        OfferedLoad load,
        OptionalLong requests,
        OptionalLong failed,
        Optional<Instant> begun,
        Optional<Duration> lasted,
        SortedMap<String, Double> figures,
        List<Slice> slices,
        Distribution millis,
        SortedMap<String, List<Double>> samples,
        SortedMap<String, Long> errors,
        Optional<String> invalid,
        Optional<String> schedule,
        SortedMap<String, String> untold) {

    public Measured {
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
        slices = List.copyOf(slices);
        samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
        untold = Collections.unmodifiableSortedMap(new TreeMap<>(untold));
    }

    /** A run of which nothing was asked in vain. */
    public Measured(
            String name,
            OfferedLoad load,
            OptionalLong requests,
            OptionalLong failed,
            Optional<Instant> begun,
            Optional<Duration> lasted,
            SortedMap<String, Double> figures,
            List<Slice> slices,
            Distribution millis,
            SortedMap<String, List<Double>> samples,
            SortedMap<String, Long> errors,
            Optional<String> invalid,
            Optional<String> schedule) {
        this(
                name,
                load,
                requests,
                failed,
                begun,
                lasted,
                figures,
                slices,
                millis,
                samples,
                errors,
                invalid,
                schedule,
                Collections.emptySortedMap());
    }

    /** Figures that somebody wrote down. */
    public static Measured typed(String name, OfferedLoad load, SortedMap<String, Double> figures) {
        return new Measured(
                name,
                load,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                figures,
                List.of(),
                Distribution.EMPTY,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty());
    }

    /** A run by its slices, oldest first: figures and distribution follow from them. */
    public static Measured of(String name, OfferedLoad load, List<Slice> slices) {
        Distribution all =
                Distribution.merged(slices.stream().map(Slice::millis).toList());
        long requests = slices.stream().mapToLong(Slice::requests).sum();
        long failed = slices.stream().mapToLong(Slice::failed).sum();
        double seconds = slices.stream().mapToDouble(Slice::seconds).sum();
        TreeMap<String, Double> figures = new TreeMap<>(latencies(all));
        figures.putAll(rates(requests, failed, seconds));
        return new Measured(
                name,
                load,
                OptionalLong.of(requests),
                OptionalLong.of(failed),
                Optional.empty(),
                Optional.of(Duration.ofMillis(Math.round(1000 * seconds))),
                figures,
                slices,
                all,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty());
    }

    /** The customary figures of response times; none of none. */
    public static SortedMap<String, Double> latencies(Distribution millis) {
        TreeMap<String, Double> figures = new TreeMap<>();
        if (!millis.isEmpty()) {
            figures.put("average", millis.mean());
            figures.put("max", millis.max());
            for (Measure measure : Measure.known()) {
                measure.percentile().ifPresent(share -> figures.put(measure.name(), millis.percentile(share)));
            }
        }
        return figures;
    }

    /** Throughput, success and error rate; none of no requests. */
    public static SortedMap<String, Double> rates(long requests, long failed, double seconds) {
        TreeMap<String, Double> figures = new TreeMap<>();
        if (requests > 0) {
            figures.put("success-rate", (requests - failed) / (double) requests);
            figures.put("errors", failed / (double) requests);
        }
        if (seconds > 0 && requests > 0) {
            figures.put("throughput", requests / seconds);
        }
        return figures;
    }

    /** The value of a measure; percentiles that are not among the figures come from the distribution. */
    public Optional<Double> value(Measure measure) {
        Double figure = figures.get(measure.name());
        if (figure != null) {
            return Optional.of(figure);
        }
        return measure.percentile().isPresent() && !millis.isEmpty()
                ? Optional.of(millis.percentile(measure.percentile().getAsDouble()))
                : Optional.empty();
    }

    /** The same run with samples of resources, whose means become figures; those typed in already stay. */
    public Measured with(SortedMap<String, List<Double>> resources) {
        TreeMap<String, Double> more = new TreeMap<>();
        resources.forEach((measure, values) ->
                values.stream().mapToDouble(Double::doubleValue).average().ifPresent(mean -> more.put(measure, mean)));
        more.putAll(figures);
        TreeMap<String, List<Double>> all = new TreeMap<>(samples);
        all.putAll(resources);
        return new Measured(
                name, load, requests, failed, begun, lasted, more, slices, millis, all, errors, invalid, schedule,
                untold);
    }

    /** The same run without a measure that was asked for. A figure typed in stays: it is one. */
    public Measured without(String measure, String why) {
        TreeMap<String, String> more = new TreeMap<>(untold);
        more.put(measure, why);
        return new Measured(
                name, load, requests, failed, begun, lasted, figures, slices, millis, samples, errors, invalid,
                schedule, more);
    }

    /** The same run, said to have been under load together with others on one schedule. */
    public Measured onSchedule(String shared) {
        return new Measured(
                name,
                load,
                requests,
                failed,
                begun,
                lasted,
                figures,
                slices,
                millis,
                samples,
                errors,
                invalid,
                Optional.of(shared),
                untold);
    }

    /** Slices as long as full ones: the first and last of a run are often cut, and say little. */
    List<Slice> fullSlices() {
        double full = slices.stream().mapToDouble(Slice::seconds).max().orElse(0);
        List<Slice> kept = new ArrayList<>();
        for (Slice slice : slices) {
            if (slice.seconds() >= full * 0.9) {
                kept.add(slice);
            }
        }
        return kept;
    }
}
