package io.bascule.core.performance;

import io.bascule.core.stats.Autocorrelation;
import io.bascule.core.stats.BlockBootstrap;
import io.bascule.core.stats.BlockBootstrap.Resampled;
import io.bascule.core.stats.Distribution;
import io.bascule.core.stats.Interval;
import io.bascule.core.stats.OrderStatistics;
import io.bascule.core.stats.Proportions;
import io.bascule.core.stats.Windows;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Works out the effects of one comparison. Runs that were measured are drawn again in blocks of seconds; of two runs on one
 * schedule the same seconds are drawn, so that what disturbed both cancels out.
 */
final class Effects {
    /** The seed of every draw: the same two files give the same report. */
    private static final long SEED = 20_261_121;

    /** Seconds below which a run says nothing of its own variation. */
    private static final int FEWEST = 10;

    private final Measured baseline;
    private final Measured current;
    private final double confidence;
    private final Side before;
    private final Side now;
    private final boolean paired;

    Effects(Measured baseline, Measured current, double confidence) {
        this.baseline = baseline;
        this.current = current;
        this.confidence = confidence;
        this.before = Side.of(baseline);
        this.now = Side.of(current);
        this.paired = baseline.schedule().isPresent()
                && baseline.schedule().equals(current.schedule())
                && before.slices().size() == now.slices().size();
    }

    /** A run's full seconds, ready to be drawn. */
    private record Side(List<Slice> slices, Windows windows) {
        static Side of(Measured measured) {
            List<Slice> slices = measured.fullSlices();
            return new Side(
                    slices, Windows.of(slices.stream().map(Slice::millis).toList()));
        }

        boolean varies() {
            return slices.size() >= FEWEST;
        }

        /** Sums of the slices of each window: windows may join neighbours. */
        double[] sums(ToDoubleFunction<Slice> of) {
            double[] sums = new double[windows.size()];
            int by = Windows.joinedBy(slices.size());
            for (int i = 0; i < slices.size(); i++) {
                sums[i / by] += of.applyAsDouble(slices.get(i));
            }
            return sums;
        }

        ToDoubleFunction<int[]> ratio(ToDoubleFunction<Slice> of, ToDoubleFunction<Slice> to) {
            double[] tops = sums(of);
            double[] bottoms = sums(to);
            return weights -> dot(tops, weights) / dot(bottoms, weights);
        }

        private static double dot(double[] values, int[] weights) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += values[i] * weights[i];
            }
            return sum;
        }
    }

    /** The effect on a measure that both runs have. */
    Effect of(Measure measure, double was, double is) {
        if (measure.isShareOfRequests()) {
            return share(measure, was, is);
        }
        if (measure.isLatency()) {
            return latency(measure, was, is);
        }
        if (measure.name().equals("throughput") && now.varies()) {
            return ratio(
                    measure,
                    was,
                    is,
                    now.ratio(Slice::requests, Slice::seconds),
                    before.ratio(Slice::requests, Slice::seconds),
                    before.varies());
        }
        return resource(measure, was, is);
    }

    private Effect latency(Measure measure, double was, double is) {
        if (measure.name().equals("max")) {
            return unknown(measure, was, is, "a maximum is one request; no interval can be had of it");
        }
        if (!now.varies()) {
            return unknown(measure, was, is, tooShort(current, now));
        }
        Optional<String> few = tooFew(measure, current, now)
                .or(() -> before.varies() ? tooFew(measure, baseline, before) : Optional.empty());
        if (few.isPresent()) {
            return unknown(measure, was, is, few.get());
        }
        return ratio(measure, was, is, figure(measure, now), figure(measure, before), before.varies());
    }

    private static ToDoubleFunction<int[]> figure(Measure measure, Side side) {
        OptionalDouble share = measure.percentile();
        return share.isPresent()
                ? weights -> side.windows().percentile(share.getAsDouble(), weights)
                : side.windows()::mean;
    }

    private static String tooShort(Measured run, Side side) {
        return run.slices().isEmpty()
                ? run.name() + " is a single number without its seconds"
                : "too short: " + side.slices().size() + " whole seconds of " + run.name() + ", at least " + FEWEST
                        + " are needed";
    }

    /** Neighbouring seconds repeat each other, so that a request counts for less than one. */
    private Optional<String> tooFew(Measure measure, Measured run, Side side) {
        OptionalDouble share = measure.percentile();
        if (share.isEmpty()) {
            return Optional.empty();
        }
        long count = run.millis().count();
        double[] means = side.slices().stream()
                .map(Slice::millis)
                .filter(millis -> !millis.isEmpty())
                .mapToDouble(Distribution::mean)
                .toArray();
        double independent = means.length < 2 ? count : count * Autocorrelation.independent(means) / means.length;
        long fewest = OrderStatistics.fewest(share.getAsDouble(), confidence);
        if (independent >= fewest) {
            return Optional.empty();
        }
        long more = (long) Math.ceil((fewest - independent) * Math.max(1, count / Math.max(1, independent)));
        return Optional.of(
                String.format(Locale.ROOT, "too few requests for %s: about %,d more are needed", measure.name(), more));
    }

    private Effect ratio(
            Measure measure,
            double was,
            double is,
            ToDoubleFunction<int[]> figure,
            ToDoubleFunction<int[]> other,
            boolean otherVaries) {
        if (was <= 0 || is <= 0) {
            return unknown(measure, was, is, "no ratio can be formed with 0");
        }
        double turn = measure.better() == Measure.Better.HIGHER ? -1 : 1;
        int windows = now.windows().size();
        BlockBootstrap bootstrap = BlockBootstrap.forWindows(
                otherVaries ? Math.min(windows, before.windows().size()) : windows, SEED);
        Resampled drawn;
        String how;
        if (!otherVaries) {
            drawn = bootstrap.alone(windows, weights -> turn * Math.log(figure.applyAsDouble(weights) / was));
            how = "block bootstrap against a fixed number";
        } else if (paired) {
            drawn = bootstrap.paired(windows, figure, other, (a, b) -> turn * Math.log(a / b));
            how = "paired block bootstrap";
        } else {
            drawn = bootstrap.apart(windows, figure, before.windows().size(), other, (a, b) -> turn * Math.log(a / b));
            how = "block bootstrap";
        }
        double worse = turn * Math.log(is / was);
        if (!drawn.usable()) {
            return unknown(measure, was, is, "too few seconds had an answer");
        }
        Interval interval = drawn.interval(confidence);
        return new Effect(
                worse, Optional.of(around(interval, worse)), drawn.atMost(0), allowed(measure, was), true, how, "");
    }

    /** The drawn figures leave cut seconds out, so that the whole run's figure may lie just beside their interval. */
    private static Interval around(Interval interval, double point) {
        return new Interval(Math.min(interval.low(), point), Math.max(interval.high(), point), interval.confidence());
    }

    /** The margin on the scale of logarithms; never less than the floor, so that a tiny baseline does not fail. */
    private static double allowed(Measure measure, double was) {
        double byFloor = was > 0 && measure.better() == Measure.Better.LOWER ? measure.floor() / was : 0;
        return Math.log1p(Math.max(measure.margin(), byFloor));
    }

    /** Failures come in bursts, so the wider of two intervals counts: of the counts, and of the seconds drawn again. */
    private Effect share(Measure measure, double was, double is) {
        double worse = measure.better() == Measure.Better.HIGHER ? was - is : is - was;
        if (current.requests().isEmpty()
                || current.failed().isEmpty()
                || current.requests().getAsLong() == 0) {
            return new Effect(
                    worse,
                    Optional.empty(),
                    1,
                    measure.margin(),
                    false,
                    "",
                    current.name() + " does not say how many requests it had");
        }
        long requests = current.requests().getAsLong();
        long failed = current.failed().getAsLong();
        boolean counted = baseline.requests().isPresent()
                && baseline.failed().isPresent()
                && baseline.requests().getAsLong() > 0;
        double failing = measure.better() == Measure.Better.HIGHER ? 1 - was : was;
        Interval interval;
        double chance;
        if (counted) {
            long otherRequests = baseline.requests().getAsLong();
            long otherFailed = baseline.failed().getAsLong();
            interval = Proportions.difference(failed, requests, otherFailed, otherRequests, confidence);
            chance = Proportions.larger(failed, requests, otherFailed, otherRequests);
        } else {
            Interval alone = Proportions.wilson(failed, requests, confidence);
            interval = new Interval(alone.low() - failing, alone.high() - failing, confidence);
            chance = Proportions.atLeast(failed, requests, failing);
        }
        Optional<Resampled> bursts = bursts(counted && before.varies(), failing);
        Interval wider =
                bursts.map(drawn -> hull(interval, drawn.interval(confidence))).orElse(interval);
        double careful = Math.max(chance, bursts.map(drawn -> drawn.atMost(0)).orElse(0.0));
        String how = counted ? "Newcombe, bursts by block bootstrap" : "Wilson, bursts by block bootstrap";
        return new Effect(worse, Optional.of(around(wider, worse)), careful, measure.margin(), false, how, "");
    }

    private Optional<Resampled> bursts(boolean otherVaries, double fixed) {
        boolean none = current.failed().orElse(0) + baseline.failed().orElse(0) == 0;
        if (!now.varies() || none) {
            return Optional.empty();
        }
        ToDoubleFunction<int[]> failures = now.ratio(Slice::failed, Slice::requests);
        int windows = now.windows().size();
        BlockBootstrap bootstrap = BlockBootstrap.forWindows(windows, SEED);
        if (!otherVaries) {
            return Optional.of(bootstrap.alone(windows, weights -> failures.applyAsDouble(weights) - fixed))
                    .filter(Resampled::usable);
        }
        ToDoubleFunction<int[]> others = before.ratio(Slice::failed, Slice::requests);
        Resampled drawn = paired
                ? bootstrap.paired(windows, failures, others, (a, b) -> a - b)
                : bootstrap.apart(windows, failures, before.windows().size(), others, (a, b) -> a - b);
        return Optional.of(drawn).filter(Resampled::usable);
    }

    private static Interval hull(Interval one, Interval other) {
        return new Interval(Math.min(one.low(), other.low()), Math.max(one.high(), other.high()), one.confidence());
    }

    private Effect resource(Measure measure, double was, double is) {
        List<Double> values = current.samples().getOrDefault(measure.name(), List.of());
        List<Double> others = baseline.samples().getOrDefault(measure.name(), List.of());
        if (values.size() < FEWEST || was <= 0 || is <= 0) {
            return unknown(measure, was, is, "single numbers: without samples over time nothing can be proved");
        }
        boolean otherVaries = others.size() >= FEWEST;
        double turn = measure.better() == Measure.Better.HIGHER ? -1 : 1;
        BlockBootstrap bootstrap =
                BlockBootstrap.forWindows(otherVaries ? Math.min(values.size(), others.size()) : values.size(), SEED);
        Resampled drawn = otherVaries
                ? bootstrap.apart(
                        values.size(), mean(values), others.size(), mean(others), (a, b) -> turn * Math.log(a / b))
                : bootstrap.alone(
                        values.size(), weights -> turn * Math.log(mean(values).applyAsDouble(weights) / was));
        if (!drawn.usable()) {
            return unknown(measure, was, is, "too few samples");
        }
        double worse = turn * Math.log(is / was);
        String how = otherVaries ? "block bootstrap" : "block bootstrap against a fixed number";
        return new Effect(
                worse,
                Optional.of(around(drawn.interval(confidence), worse)),
                drawn.atMost(0),
                allowed(measure, was),
                true,
                how,
                "");
    }

    private static ToDoubleFunction<int[]> mean(List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        return weights -> {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < all.length; i++) {
                sum += all[i] * weights[i];
                count += weights[i];
            }
            return sum / count;
        };
    }

    private static Effect unknown(Measure measure, double was, double is, String why) {
        double turn = measure.better() == Measure.Better.HIGHER ? -1 : 1;
        boolean relative = was > 0 && is > 0;
        double worse = relative ? turn * Math.log(is / was) : turn * (is - was);
        double allowed = relative ? allowed(measure, was) : measure.floor();
        return new Effect(worse, Optional.empty(), 1, allowed, relative, "", why);
    }
}
