package io.bascule.core.performance;

import io.bascule.core.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Runs as machines shared with others make them: response times spread log-normally, and whole seconds are slow together,
 * each like the one before it (an AR(1) process with rho 0.8).
 */
final class Runs {
    private static final double RHO = 0.8;
    private static final double SPREAD = 0.5;
    private final SplittableRandom random;
    private final int seconds;
    private final int perSecond;
    private final double noise;

    Runs(long seed, int seconds, int perSecond, double noise) {
        this.random = new SplittableRandom(seed);
        this.seconds = seconds;
        this.perSecond = perSecond;
        this.noise = noise;
    }

    /** How much slower than usual each second is, as a logarithm. */
    double[] weather() {
        double[] weather = new double[seconds];
        double now = gaussian() * noise;
        for (int i = 0; i < seconds; i++) {
            weather[i] = now;
            now = RHO * now + Math.sqrt(1 - RHO * RHO) * noise * gaussian();
        }
        return weather;
    }

    /** One run in that weather. */
    Measured run(String name, double medianMillis, double failing, double[] weather) {
        List<Slice> slices = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            double[] millis = new double[perSecond];
            long failed = 0;
            for (int i = 0; i < perSecond; i++) {
                double value = medianMillis * Math.exp(weather[second] + SPREAD * gaussian());
                millis[i] = Math.max(0.001, Math.round(value * 100) / 100.0);
                failed += random.nextDouble() < failing ? 1 : 0;
            }
            slices.add(new Slice(second, 1, perSecond, perSecond, failed, Distribution.of(millis)));
        }
        return Measured.of(name, new OfferedLoad.Open(perSecond), slices);
    }

    Measured run(String name, double medianMillis) {
        return run(name, medianMillis, 0, weather());
    }

    private double gaussian() {
        return random.nextGaussian();
    }

    static Measured onSchedule(Measured run, String schedule) {
        return run.onSchedule(schedule);
    }

    static Measured invalid(Measured run, String why) {
        return new Measured(
                run.name(),
                run.load(),
                run.requests(),
                run.failed(),
                run.begun(),
                run.lasted(),
                run.figures(),
                run.slices(),
                run.millis(),
                run.samples(),
                run.errors(),
                Optional.of(why),
                run.schedule());
    }

    static Measured closed(Measured run, int users) {
        return new Measured(
                run.name(),
                new OfferedLoad.Closed(users),
                run.requests(),
                run.failed(),
                run.begun(),
                run.lasted(),
                run.figures(),
                run.slices(),
                run.millis(),
                run.samples(),
                run.errors(),
                run.invalid(),
                run.schedule());
    }

    /** Figures typed in, in the seed's names and units. */
    static Measured typed(String name, Object... namesAndNumbers) {
        TreeMap<String, Double> figures = new TreeMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            Measure measure = Measure.named(namesAndNumbers[i].toString());
            figures.put(measure.name(), measure.unit().inside(((Number) namesAndNumbers[i + 1]).doubleValue()));
        }
        return Measured.typed(name, new OfferedLoad.Unsaid(), figures);
    }

    /** Figures without distributions, of so many requests. */
    static Measured counted(String name, long requests, long failed, double perSecond, double p95Millis) {
        TreeMap<String, Double> figures = new TreeMap<>(Measured.rates(requests, failed, requests / perSecond));
        figures.put("p95", p95Millis);
        return new Measured(
                name,
                new OfferedLoad.Open(perSecond),
                OptionalLong.of(requests),
                OptionalLong.of(failed),
                Optional.empty(),
                Optional.empty(),
                figures,
                List.of(),
                Distribution.EMPTY,
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty());
    }
}
