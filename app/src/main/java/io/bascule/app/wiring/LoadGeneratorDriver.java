package io.bascule.app.wiring;

import io.bascule.core.plan.Environment;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.LoadDriver;
import io.bascule.core.port.Verdict;
import io.bascule.load.LoadGenerator;
import io.bascule.load.LoadProfile;
import io.bascule.load.LoadRequest;
import io.bascule.load.LoadResult;
import io.bascule.load.LoadRun;
import io.bascule.load.Percentiles;
import io.bascule.load.RequestSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends reads to the applications directly, both sides at once, and holds each result against the objectives. */
final class LoadGeneratorDriver implements LoadDriver {
    private static final Duration TIME_OUT = Duration.ofSeconds(10);
    private final Map<Side, Environment> environments;

    LoadGeneratorDriver(Map<Side, Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Finding load(
            Set<Side> sides, double ratePerSecond, Duration lasts, List<Limit> objectives, Deadline deadline) {
        SortedMap<Side, LoadRun> runs = new TreeMap<>();
        try {
            LoadGenerator.warmUp(Duration.ofMillis(500));
            for (Side side : sides) {
                URI target = URI.create(Optional.ofNullable(environments.get(side))
                        .orElseThrow()
                        .http());
                LoadProfile profile = LoadProfile.of(target, ratePerSecond)
                        .lasting(lasts)
                        .withTimeOuts(Duration.ofSeconds(5), TIME_OUT);
                runs.put(side, LoadGenerator.start(profile, RequestSource.repeating(LoadRequest.get("/")), _ -> {}));
            }
            SortedMap<Side, LoadResult> results = new TreeMap<>();
            for (Map.Entry<Side, LoadRun> run : runs.entrySet()) {
                results.put(run.getKey(), run.getValue().await());
            }
            return judged(results, objectives);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.of(new Verdict.Errored("interrupted"));
        } finally {
            runs.values().forEach(LoadRun::close);
        }
    }

    private static Finding judged(SortedMap<Side, LoadResult> results, List<Limit> objectives) {
        TreeMap<String, String> facts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (Map.Entry<Side, LoadResult> each : results.entrySet()) {
            String side = each.getKey().word();
            LoadResult result = each.getValue();
            facts.put(side + ".requests", "" + result.requests());
            facts.put(side + ".failed", "" + result.failed());
            facts.put(side + ".validity", result.validity().label());
            Percentiles percentiles = result.response().percentiles();
            if (percentiles != null) {
                facts.put(side + ".p50Millis", "" + percentiles.p50());
                facts.put(side + ".p95Millis", "" + percentiles.p95());
                facts.put(side + ".p99Millis", "" + percentiles.p99());
            }
            for (Limit limit : objectives) {
                failure(side, result, limit).ifPresent(failures::add);
            }
        }
        return new Finding(
                failures.isEmpty()
                        ? new Verdict.Pass("every objective holds under load")
                        : new Verdict.Fail(String.join("; ", failures)),
                facts);
    }

    private static Optional<String> failure(String side, LoadResult result, Limit limit) {
        OptionalDouble value = value(result, limit.metric());
        if (value.isEmpty()) {
            return Optional.of(side + ": no data for " + limit.metric());
        }
        return limit.holds(value.getAsDouble(), 0)
                ? Optional.empty()
                : Optional.of(side + ": " + limit.text() + " does not hold: " + value.getAsDouble());
    }

    /** {@code errors} is the share of failed requests; {@code pNN} a percentile of response time in milliseconds. */
    private static OptionalDouble value(LoadResult result, String metric) {
        if (result.requests() == 0) {
            return OptionalDouble.empty();
        }
        if (metric.equals("errors")) {
            return OptionalDouble.of(result.failed() / (double) result.requests());
        }
        if (metric.matches("p\\d{2,3}")) {
            double percentile =
                    Double.parseDouble(metric.substring(1, 3) + (metric.length() > 3 ? "." + metric.charAt(3) : ""));
            Double millis = result.response().percentileMillis(percentile);
            return millis == null ? OptionalDouble.empty() : OptionalDouble.of(millis);
        }
        return OptionalDouble.empty();
    }
}
