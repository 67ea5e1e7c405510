package io.bascule.app.load;

import io.bascule.load.LoadOutcome;
import io.bascule.load.LoadResult;
import io.bascule.load.Percentiles;
import io.bascule.load.TargetOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A finished load in a few lines for people: the three clocks side by side, errors by kind, and whether to believe it. */
public final class LoadText {

    private LoadText() {}

    public static List<String> of(LoadOutcome outcome) {
        var lines = new ArrayList<String>();
        lines.add(outcome.profile()
                + (outcome.model() == LoadOutcome.Model.CLOSED
                        ? " — closed model: a slow target slows the users, so its latency looks better than it is"
                        : ""));
        outcome.targets().forEach(target -> target(target, lines));
        return lines;
    }

    private static void target(TargetOutcome target, List<String> lines) {
        LoadResult total = target.total();
        lines.add(String.format(
                Locale.ROOT,
                "%s %s: %,d requests, %,d failed%s",
                target.name(),
                total.target(),
                total.requests(),
                total.failed(),
                errors(total)));
        if (target.warmUp() > 0) {
            lines.add(String.format(Locale.ROOT, "  warm-up: %,d requests, counted nowhere", target.warmUp()));
        }
        row(lines, "response, from when due", total.response().percentiles());
        row(lines, "service, from when sent", total.service().percentiles());
        row(lines, "lateness of the generator", total.lateness().percentiles());
        target.byRequest()
                .forEach((name, each) -> lines.add(String.format(
                        Locale.ROOT,
                        "  %s: %,d requests, %,d failed, p95 %.2f ms",
                        name,
                        each.requests(),
                        each.failed(),
                        each.response().percentileMillis(95))));
        if (target.aborted() != null) {
            lines.add("  ABORTED: " + target.aborted());
        }
        lines.add("  " + total.validity().label() + ": " + total.validity().why());
    }

    private static String errors(LoadResult total) {
        return total.errors().isEmpty()
                ? ""
                : total.errors().entrySet().stream()
                        .map(each -> each.getKey().label() + " " + each.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static void row(List<String> lines, String what, @org.jspecify.annotations.Nullable Percentiles times) {
        if (times != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-26s p50 %.2f  p90 %.2f  p95 %.2f  p99 %.2f  p99.9 %.2f  max %.2f ms",
                    what,
                    times.p50(),
                    times.p90(),
                    times.p95(),
                    times.p99(),
                    times.p999(),
                    times.max()));
        }
    }
}
