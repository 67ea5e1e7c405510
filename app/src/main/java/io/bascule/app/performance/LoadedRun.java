package io.bascule.app.performance;

import io.bascule.core.performance.Measured;
import io.bascule.core.performance.OfferedLoad;
import io.bascule.core.performance.Slice;
import io.bascule.core.stats.Distribution;
import io.bascule.load.ErrorKind;
import io.bascule.load.IntervalSnapshot;
import io.bascule.load.LatencyHistogram;
import io.bascule.load.LoadOutcome;
import io.bascule.load.LoadResult;
import io.bascule.load.TargetOutcome;
import io.bascule.load.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the load generator found, as the comparison takes it. */
public final class LoadedRun {
    private static final Pattern USERS = Pattern.compile("(\\d{1,6}) users?");

    private LoadedRun() {}

    /** One target of a load. */
    public static Measured of(String name, LoadOutcome outcome, TargetOutcome target) {
        LoadResult total = target.total();
        Instant begun = outcome.startedAt();
        Distribution millis = distribution(total.response());
        return new Measured(
                name,
                load(outcome, total),
                OptionalLong.of(total.requests()),
                OptionalLong.of(total.failed()),
                Optional.of(begun),
                Optional.of(total.elapsed()),
                target.aborted() == null ? figures(total) : withoutThroughput(figures(total)),
                target.intervals().stream().map(each -> slice(begun, each)).toList(),
                millis,
                new TreeMap<>(),
                errors(total.errors()),
                invalid(total, Optional.ofNullable(target.aborted())),
                outcome.targets().size() > 1 ? Optional.of(begun + " " + outcome.profile()) : Optional.empty());
    }

    /** A result without its seconds and without the load's description: an open model. */
    public static Measured of(String name, LoadResult result, List<IntervalSnapshot> seconds, Instant begun) {
        Double offered = result.offeredPerSecond();
        return new Measured(
                name,
                offered == null ? new OfferedLoad.Unsaid() : new OfferedLoad.Open(offered),
                OptionalLong.of(result.requests()),
                OptionalLong.of(result.failed()),
                Optional.of(begun),
                Optional.of(result.elapsed()),
                figures(result),
                seconds.stream().map(each -> slice(begun, each)).toList(),
                distribution(result.response()),
                new TreeMap<>(),
                errors(result.errors()),
                invalid(result, Optional.empty()),
                Optional.empty());
    }

    private static Optional<String> invalid(LoadResult result, Optional<String> aborted) {
        return result.validity() instanceof Validity.Invalid invalid
                ? Optional.of(invalid.why())
                : aborted.map(why -> "the run was ended early: " + why);
    }

    private static OfferedLoad load(LoadOutcome outcome, LoadResult total) {
        Double offered = total.offeredPerSecond();
        if (outcome.model() == LoadOutcome.Model.OPEN) {
            return offered == null ? new OfferedLoad.Unsaid() : new OfferedLoad.Open(offered);
        }
        Matcher users = USERS.matcher(outcome.profile());
        return new OfferedLoad.Closed(users.find() ? Integer.parseInt(users.group(1)) : 0);
    }

    private static SortedMap<String, Double> figures(LoadResult total) {
        TreeMap<String, Double> figures = new TreeMap<>(Measured.latencies(distribution(total.response())));
        figures.putAll(Measured.rates(total.requests(), total.failed(), seconds(total.elapsed())));
        Double mean = total.response().meanMillis();
        if (mean != null) {
            figures.put("average", mean);
        }
        return figures;
    }

    /** What a run that was ended early carried says nothing of what it would have. */
    private static SortedMap<String, Double> withoutThroughput(SortedMap<String, Double> figures) {
        TreeMap<String, Double> rest = new TreeMap<>(figures);
        rest.remove("throughput");
        return rest;
    }

    private static Slice slice(Instant begun, IntervalSnapshot each) {
        return new Slice(
                seconds(Duration.between(begun, each.from())),
                seconds(each.length()),
                each.arrivals(),
                each.requests(),
                each.failed(),
                distribution(each.response()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Distribution distribution(LatencyHistogram histogram) {
        List<LatencyHistogram.Bucket> buckets = histogram.buckets();
        return Distribution.of(
                buckets.stream().mapToDouble(LatencyHistogram.Bucket::millis).toArray(),
                buckets.stream().mapToLong(LatencyHistogram.Bucket::count).toArray());
    }

    private static SortedMap<String, Long> errors(Map<ErrorKind, Long> errors) {
        TreeMap<String, Long> byName = new TreeMap<>();
        errors.forEach((kind, count) -> byName.put(kind.label(), count));
        return byName;
    }
}
