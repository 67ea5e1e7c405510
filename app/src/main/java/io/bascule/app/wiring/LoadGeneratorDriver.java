package io.bascule.app.wiring;

import io.bascule.app.performance.LoadedRun;
import io.bascule.core.performance.CompareRules;
import io.bascule.core.performance.Comparison;
import io.bascule.core.performance.Held;
import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Measured;
import io.bascule.core.performance.Objective;
import io.bascule.core.performance.Objectives;
import io.bascule.core.performance.Verdicts;
import io.bascule.core.plan.Environment;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Settings;
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
import io.bascule.load.RequestSource;
import io.bascule.load.ResponseListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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
    private final Path folder;
    private final InstantSource clock;

    /** @param folder the plan's, which recordings are found in */
    LoadGeneratorDriver(Map<Side, Environment> environments, Path folder, InstantSource clock) {
        this.environments = environments;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Finding load(
            Set<Side> sides, double ratePerSecond, Duration lasts, List<Limit> objectives, Deadline deadline) {
        SortedMap<Side, LoadRun> runs = new TreeMap<>();
        try {
            LoadGenerator.warmUp(Duration.ofMillis(500));
            List<Side> ordered = sides.stream().sorted().toList();
            List<LoadRun> started = LoadGenerator.startTogether(ordered.stream()
                    .map(side -> member(side, ratePerSecond, lasts))
                    .toList());
            for (int i = 0; i < ordered.size(); i++) {
                runs.put(ordered.get(i), started.get(i));
            }
            return judged(results(runs), objectives);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.of(new Verdict.Errored("interrupted"));
        } finally {
            runs.values().forEach(LoadRun::close);
        }
    }

    @Override
    public Finding replay(Settings recording, Duration lasts, Deadline deadline) {
        Duration left = deadline.left(clock.instant());
        if (left.compareTo(lasts) <= 0) {
            return Finding.of(new Verdict.Errored(
                    "the replay takes " + lasts.toSeconds() + " s, and its call may take " + left.toSeconds() + " s"));
        }
        try {
            return ReplayedAnswers.of(
                    folder.resolve(recording.need("path")), lasts, address(Side.SOURCE), address(Side.TARGET));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.of(new Verdict.Errored("interrupted"));
        }
    }

    private URI address(Side side) {
        return URI.create(
                Optional.ofNullable(environments.get(side)).orElseThrow().http());
    }

    private LoadGenerator.Member member(Side side, double ratePerSecond, Duration lasts) {
        LoadProfile profile = LoadProfile.of(address(side), ratePerSecond)
                .lasting(lasts)
                .withTimeOuts(Duration.ofSeconds(5), TIME_OUT);
        return new LoadGenerator.Member(
                profile, RequestSource.repeating(LoadRequest.get("/")), ResponseListener.NONE, _ -> {});
    }

    private static SortedMap<Side, Measured> results(SortedMap<Side, LoadRun> runs) throws InterruptedException {
        SortedMap<Side, Measured> results = new TreeMap<>();
        for (Map.Entry<Side, LoadRun> run : runs.entrySet()) {
            LoadResult result = run.getValue().await();
            results.put(
                    run.getKey(),
                    LoadedRun.of(
                                    run.getKey().word(),
                                    result,
                                    run.getValue().intervals(),
                                    run.getValue().startedAt())
                            .onSchedule("one step of a plan"));
        }
        return results;
    }

    /** The worst of all sides and objectives; what was not measured holds nothing. */
    private static Finding judged(SortedMap<Side, Measured> results, List<Limit> limits) {
        List<Objective.Bound> objectives =
                limits.stream().map(LoadGeneratorDriver::objective).toList();
        TreeMap<String, String> facts = new TreeMap<>();
        List<Verdict> verdicts = new ArrayList<>();
        List<String> violated = new ArrayList<>();
        results.forEach((side, run) -> {
            facts(side.word(), run, facts);
            for (Held held : Objectives.hold(run, objectives)) {
                verdicts.add(of(side, held));
                margin(side, held, facts);
                if (held.verdict() instanceof Verdict.Fail) {
                    violated.add(side.word() + ": " + held.objective().text());
                }
            }
        });
        if (!violated.isEmpty()) {
            facts.put("violated", String.join("; ", violated));
        }
        compared(results, facts);
        Verdict worst = verdicts.stream()
                .reduce(Verdicts::worse)
                .orElse(new Verdict.Pass("load was sent, nothing was asked of it"));
        return new Finding(
                worst.passed() && !objectives.isEmpty() ? new Verdict.Pass("every objective holds under load") : worst,
                facts);
    }

    /** The room that the side leaves to the bound, with its sign (for machines to read) and unit; none where nothing was measured. */
    private static void margin(Side side, Held held, Map<String, String> facts) {
        if (held.objective() instanceof Objective.Bound bound) {
            held.margin()
                    .ifPresent(room -> facts.put(
                            side.word() + "." + bound.measure().name() + ".margin",
                            bound.measure().unit().signed(room).replace('\u2212', '-')));
        }
    }

    /** Both sides on one schedule are told side by side; the plan's objectives decide, not this. */
    private static void compared(SortedMap<Side, Measured> results, Map<String, String> facts) {
        Measured source = results.get(Side.SOURCE);
        Measured target = results.get(Side.TARGET);
        if (source == null || target == null) {
            return;
        }
        Comparison comparison = Comparison.of(source, target, CompareRules.CUSTOMARY);
        facts.put("compared.verdict", comparison.verdict().word());
        facts.put("compared.why", comparison.verdict().reason());
        comparison
                .row("p95")
                .ifPresent(row -> facts.put("compared.p95", row.verdict().reason()));
    }

    private static Objective.Bound objective(Limit limit) {
        return new Objective.Bound(
                limit.text(),
                Measure.named(limit.metric()),
                limit.relation() == Limit.Relation.AT_MOST,
                limit.constant(),
                OptionalDouble.empty(),
                limit.text());
    }

    private static Verdict of(Side side, Held held) {
        String reason = side.word() + ": " + held.objective().text() + ": "
                + held.verdict().reason();
        return switch (held.verdict()) {
            case Verdict.Pass _ -> new Verdict.Pass(reason);
            case Verdict.Fail _ -> new Verdict.Fail(reason);
            case Verdict.Inconclusive _ -> new Verdict.Inconclusive(reason);
            case Verdict.NoData _ -> new Verdict.NoData(reason);
            case Verdict.Errored _ -> new Verdict.Errored(reason);
        };
    }

    private static void facts(String side, Measured run, Map<String, String> facts) {
        facts.put(side + ".requests", "" + run.requests().orElse(0));
        facts.put(side + ".failed", "" + run.failed().orElse(0));
        facts.put(
                side + ".validity", run.invalid().map(why -> "INVALID: " + why).orElse("VALID"));
        for (String percentile : List.of("p50", "p95", "p99")) {
            Double millis = run.figures().get(percentile);
            if (millis != null) {
                facts.put(side + "." + percentile + "Millis", "" + millis);
            }
        }
    }
}
