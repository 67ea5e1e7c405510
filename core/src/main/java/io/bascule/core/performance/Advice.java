package io.bascule.core.performance;

import io.bascule.core.performance.Measure.Better;
import io.bascule.core.port.Verdict;
import io.bascule.core.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something to do, and what was found that says so.
 *
 * @param text the recommendation
 * @param evidence the figures it rests on
 */
public record Advice(String text, String evidence) {
    private static final double LONG_TAIL = 10;
    private static final double DRIFT = 0.2;
    private static final double BUSY = 0.8;
    private static final int FEWEST_SLICES = 30;

    /** What follows from an assessment, the gravest first; never empty. */
    public static List<Advice> of(Assessment assessment) {
        List<Advice> advice = new ArrayList<>();
        validity(assessment, advice);
        loads(assessment, advice);
        objectives(assessment, advice);
        regressions(assessment, advice);
        failures(assessment.run(), advice);
        shape(assessment.run(), advice);
        resources(assessment, advice);
        undecided(assessment, advice);
        gains(assessment, advice);
        if (advice.isEmpty()) {
            advice.add(new Advice(
                    "Give objectives, or a baseline, to decide by",
                    assessment.verdict().reason()));
        }
        return advice;
    }

    private static void validity(Assessment assessment, List<Advice> advice) {
        List<Measured> runs = new ArrayList<>(List.of(assessment.run()));
        assessment.comparison().ifPresent(c -> runs.add(c.baseline()));
        List<String> evidence = runs.stream()
                .filter(run -> run.invalid().isPresent())
                .map(run -> run.name() + ": " + run.invalid().orElse(""))
                .toList();
        if (!evidence.isEmpty()) {
            advice.add(new Advice(
                    "Measure again with more room for the load generator: another machine, more cores or a lower rate",
                    String.join("; ", evidence)));
        }
    }

    private static void loads(Assessment assessment, List<Advice> advice) {
        assessment
                .comparison()
                .filter(Comparison::refused)
                .ifPresent(c -> advice.add(new Advice(
                        "Measure both at the same load, or compare anyway with --different-load",
                        c.verdict().reason())));
        if (assessment.run().load() instanceof OfferedLoad.Closed) {
            advice.add(new Advice(
                    "Measure with a rate as well: users who wait for answers hide how long others would have waited",
                    "the load was " + assessment.run().load().text()));
        }
    }

    private static void objectives(Assessment assessment, List<Advice> advice) {
        for (Held held : assessment.objectives()) {
            switch (held.verdict()) {
                case Verdict.Fail fail ->
                    advice.add(new Advice(
                            "Do not go live before this objective holds: "
                                    + held.objective().text(),
                            fail.reason()));
                case Verdict.NoData none ->
                    advice.add(new Advice(
                            "Measure what this objective is about: "
                                    + held.objective().text(),
                            none.reason()));
                case Verdict.Inconclusive open ->
                    advice.add(new Advice(
                            "Measure so that this objective can be judged: "
                                    + held.objective().text(),
                            open.reason()));
                case Verdict.Pass _, Verdict.Errored _ -> {}
            }
        }
    }

    private static void regressions(Assessment assessment, List<Advice> advice) {
        rows(assessment).stream()
                .filter(row -> row.verdict() instanceof Verdict.Fail)
                .forEach(row -> advice.add(
                        new Advice(remedy(row.measure()), row.verdict().reason())));
    }

    private static String remedy(Measure measure) {
        if (measure.isLatency()) {
            return "Find out where the time goes on the target before users move: "
                    + measure.title().toLowerCase(Locale.ROOT) + " is proved to be worse";
        }
        return switch (measure.name()) {
            case "success-rate", "errors" -> "Find the cause of the additional failures before users move";
            case "throughput" -> "Size the target up, or find its bottleneck: it carries less than the source did";
            case "cpu", "memory" ->
                "Look at the sizing of the target: it needs more " + measure.name() + " for the same load";
            default -> "Look into " + measure.title().toLowerCase(Locale.ROOT) + ": it is proved to be worse";
        };
    }

    private static void failures(Measured run, List<Advice> advice) {
        Optional<Map.Entry<String, Long>> most =
                run.errors().entrySet().stream().max(Map.Entry.comparingByValue());
        most.filter(kind -> kind.getValue() > 0)
                .ifPresent(kind -> advice.add(new Advice(
                        "Look into " + kind.getKey() + ": " + about(kind.getKey()),
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d failed requests, %,d requests in all",
                                kind.getValue(),
                                run.failed().orElse(0),
                                run.requests().orElse(0)))));
    }

    private static String about(String kind) {
        return switch (kind) {
            case "dns" -> "the target's name did not resolve";
            case "connect_refused" -> "nothing listened, or the backlog was full";
            case "connect_timeout" -> "the network or a firewall swallowed connections";
            case "tls_handshake", "tls_cert" -> "certificate, chain and protocol of the target";
            case "reset", "premature_close" -> "the target, or a proxy before it, closed connections that were in use";
            case "header_timeout", "body_timeout" -> "the target did not answer in time";
            case "client_queue_timeout" ->
                "every connection was busy: the target is saturated, or too few were allowed";
            case "http_4xx" -> "the requests, or the target's routes and rights, are not what they were";
            case "http_5xx" -> "the target's own log has the errors";
            case "redirect" -> "the target redirects where the source answered, or the profile is not followed";
            case "check_failed" -> "answers arrived and their contents were wrong";
            default -> "requests failed that way";
        };
    }

    private static void shape(Measured run, List<Advice> advice) {
        Double middle = run.figures().get("p50");
        Double tail = run.figures().get("p99");
        if (middle != null && tail != null && tail > LONG_TAIL * middle) {
            advice.add(new Advice(
                    "Look for what makes single requests wait: pools, locks, garbage collection, cold caches",
                    "p99 is " + Unit.MILLIS.text(tail) + " where the median is " + Unit.MILLIS.text(middle)));
        }
        drift(run).ifPresent(advice::add);
    }

    /** Thirds are compared by their medians, which a burst does not move. */
    private static Optional<Advice> drift(Measured run) {
        List<Slice> slices = run.slices();
        if (slices.size() < FEWEST_SLICES) {
            return Optional.empty();
        }
        int third = slices.size() / 3;
        Distribution first = Distribution.merged(
                slices.subList(0, third).stream().map(Slice::millis).toList());
        Distribution last = Distribution.merged(slices.subList(slices.size() - third, slices.size()).stream()
                .map(Slice::millis)
                .toList());
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        double before = first.percentile(0.5);
        double after = last.percentile(0.5);
        return after > before * (1 + DRIFT) && after - before > 1
                ? Optional.of(new Advice(
                        "Run it for longer: response times were still rising, as with a leak or a growing table",
                        "median " + Unit.MILLIS.text(before) + " in the first third, " + Unit.MILLIS.text(after)
                                + " in the last"))
                : Optional.empty();
    }

    private static void resources(Assessment assessment, List<Advice> advice) {
        for (String name : List.of("cpu", "memory")) {
            Double value = assessment.run().figures().get(name);
            if (value != null && value > BUSY) {
                advice.add(new Advice(
                        "Leave the target more room: at this load it has little " + name + " left",
                        name + " " + Unit.FRACTION.text(value)));
            }
        }
        rows(assessment).stream()
                .filter(Row::indicative)
                .filter(row -> !row.decides())
                .filter(row -> row.measure().weight() > 0)
                .filter(row -> row.measure().better() != Better.UNSAID)
                .filter(row -> row.improvementPercent().orElse(0.0) < -100 * row.allowed())
                .forEach(row -> advice.add(new Advice(
                        "Take samples of " + row.measure().name()
                                + " over time on both sides: as single numbers they look worse and prove nothing",
                        String.format(
                                Locale.ROOT,
                                "%s before, %s now",
                                row.measure().unit().text(row.baseline().orElse(0.0)),
                                row.measure().unit().text(row.current().orElse(0.0))))));
    }

    private static void undecided(Assessment assessment, List<Advice> advice) {
        List<String> untold = rows(assessment).stream()
                .filter(row -> isUntold(assessment, row))
                .map(row -> row.verdict().reason())
                .toList();
        if (!untold.isEmpty()) {
            advice.add(new Advice("Get the figures that were asked for and did not come", String.join("; ", untold)));
        }
        List<String> open = rows(assessment).stream()
                .filter(Row::decides)
                .filter(row -> !isUntold(assessment, row))
                .filter(row -> row.verdict() instanceof Verdict.Inconclusive || row.verdict() instanceof Verdict.NoData)
                .map(row -> row.verdict().reason())
                .toList();
        if (!open.isEmpty()) {
            advice.add(new Advice(
                    "Measure for longer, or both sides at once on one schedule, until the comparison can be decided",
                    String.join("; ", open)));
        }
    }

    private static boolean isUntold(Assessment assessment, Row row) {
        String name = row.measure().name();
        return row.verdict() instanceof Verdict.NoData
                && (assessment.run().untold().containsKey(name)
                        || assessment
                                .comparison()
                                .filter(of -> of.baseline().untold().containsKey(name))
                                .isPresent());
    }

    private static void gains(Assessment assessment, List<Advice> advice) {
        if (!assessment.verdict().passed()) {
            return;
        }
        List<String> better = rows(assessment).stream()
                .filter(Row::improved)
                .filter(row -> row.measure().weight() > 0)
                .map(row -> row.verdict().reason())
                .toList();
        advice.add(
                better.isEmpty()
                        ? new Advice(
                                "Go on: nothing that was measured speaks against it",
                                assessment.verdict().reason())
                        : new Advice(
                                "Go on, and keep this run as the baseline of the next: it is proved to be better",
                                String.join("; ", better)));
    }

    private static List<Row> rows(Assessment assessment) {
        return assessment.comparison().map(Comparison::rows).orElse(List.of());
    }
}
