package io.bascule.core.run;

import io.bascule.core.judge.Judge;
import io.bascule.core.judge.Samples;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Weight;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Resource;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One look at the world: the states of everything changed, what passes the entrances, and, in a soak, the metrics. */
final class Look {
    private static final Duration CALL = Duration.ofSeconds(3);
    private static final Comparator<Resource> FENCES_LAST =
            Comparator.comparing(resource -> resource.kind() == Resource.Kind.FENCE);
    /** The facts that {@link Rules#wayBack} goes by. */
    private static final Set<String> WAY_BACK = Set.of("lost", "risk", "unreplayedRows");

    private final CutoverPlan plan;
    private final RunState state;
    private final Adapters adapters;
    private final Instant now;
    private final SortedMap<String, Double> values = new TreeMap<>();
    private final SortedMap<String, Double> shares = new TreeMap<>();
    private final SortedMap<String, Long> requests = new TreeMap<>();
    private final SortedMap<String, Image> images = new TreeMap<>();
    private final SortedMap<String, String> facts = new TreeMap<>();

    Look(CutoverPlan plan, RunState state, Adapters adapters, Instant now) {
        this.plan = plan;
        this.state = state;
        this.adapters = adapters;
        this.now = now;
    }

    /** @param soak the soak to judge; empty when the look only watches */
    RunEvent.Judged take(Optional<Act.Soak> soak) {
        Instant from = now.minus(plan.judgement().over());
        observeResources();
        if (state.rollback.isPresent() && state.route.isEmpty()) {
            return wayHome(from);
        }
        String blind = observeTraffic(from);
        soak.ifPresent(_ -> countOnce());
        reverse();
        Verdict verdict = soak.isPresent() ? judge(soak.get().spec(), from, blind) : new Verdict.Pass("watched");
        String act = soak.map(Act::id).orElse("");
        return new RunEvent.Judged(
                act, from, now, verdict.word(), values, shares, requests, images, facts, verdict.reason());
    }

    /** The look that begins a way home asks nothing but the states: what was known of the way back stays. */
    private RunEvent.Judged wayHome(Instant from) {
        state.lastLook.ifPresent(last -> last.facts().forEach((key, value) -> {
            if (WAY_BACK.contains(key)) {
                facts.put(key, value);
            }
        }));
        return new RunEvent.Judged(
                "", from, now, "PASS", values, shares, requests, images, facts, "what is to be restored was read");
    }

    /** Fences last: a copy lasts as long as its fence, which may end while we look. */
    private void observeResources() {
        state.resources.keySet().stream().sorted(FENCES_LAST).forEach(resource -> {
            Reading reading = Reach.actuator(plan, adapters, resource).observe(Deadline.after(now, CALL));
            switch (reading) {
                case Reading.Seen seen -> images.put(resource.toString(), seen.image());
                case Reading.Unseen unseen -> facts.put("unseen." + resource, unseen.why());
            }
        });
    }

    private String observeTraffic(Instant from) {
        String blind = "";
        for (Entrance entrance : plan.entrances()) {
            TrafficWindow.Answer answer = adapters.router(entrance.name()).window(from, now, Deadline.after(now, CALL));
            if (answer.window().isEmpty()) {
                blind = entrance.name() + " told nothing: " + answer.why();
                continue;
            }
            TrafficWindow window = answer.window().get();
            window.targetShare().ifPresent(share -> shares.put(entrance.name(), share));
            for (Side side : Side.values()) {
                requests.merge(side.word(), window.of(side).requests(), Long::sum);
            }
            facts.put("parked." + entrance.name(), "" + window.parked());
        }
        double seconds = Math.max(1, plan.judgement().over().toMillis()) / 1000.0;
        requests.forEach((side, count) -> facts.put(Baselines.perSecond(side), "" + Math.round(count / seconds)));
        return blind;
    }

    /** The minimum of a stage counts each request since its weight was observed once, however windows overlap. */
    private void countOnce() {
        Instant counted = state.soak.map(SoakState::countedTo).orElse(now);
        requests.clear();
        for (Entrance entrance : plan.entrances()) {
            adapters.router(entrance.name())
                    .window(counted, now, Deadline.after(now, CALL))
                    .window()
                    .ifPresent(window -> {
                        for (Side side : Side.values()) {
                            requests.merge(side.word(), window.of(side).requests(), Long::sum);
                        }
                    });
        }
    }

    /** How the way back stands, while the target takes writes. */
    private void reverse() {
        if (!state.targetOpened || Rules.committed(plan, state)) {
            return;
        }
        for (Dataset dataset : plan.movedDatasets().toList()) {
            Finding finding = adapters.carrier(dataset.name()).reverseLag(Deadline.after(now, CALL));
            finding.facts().forEach((key, value) -> facts.put(key + "." + dataset.name(), value));
            switch (finding.verdict()) {
                case Verdict.Pass _ -> {}
                case Verdict.Fail fail -> {
                    facts.put("lost", dataset.name() + ": " + fail.reason());
                    facts.put("unreplayedRows", finding.facts().getOrDefault("lagRows", "an unknown number of"));
                }
                case Verdict.Inconclusive _, Verdict.NoData _, Verdict.Errored _ ->
                    facts.put("risk", finding.verdict().reason());
            }
        }
    }

    private Verdict judge(SoakSpec spec, Instant from, String blind) {
        Optional<String> bent = bent(spec);
        if (bent.isPresent()) {
            return new Verdict.Inconclusive("not judged: " + bent.get());
        }
        Samples samples = new Samples();
        for (Metric metric : plan.metrics()) {
            for (Side side : Side.values()) {
                if (spec.carries(side)) {
                    sample(samples, metric, side, from);
                }
            }
        }
        if (!blind.isEmpty()) {
            return new Verdict.NoData(blind);
        }
        return Judge.window(plan, samples, state.baseline, spec.judged(), spec.againstBaseline(), fewest(spec));
    }

    /** The plan's minimum of a stage, as a window's part of it. */
    private long fewest(SoakSpec spec) {
        Duration over = plan.judgement().over();
        Duration lasts = spec.lasts().compareTo(over) > 0 ? spec.lasts() : over;
        return Math.ceilDiv(plan.judgement().minRequests() * over.toMillis(), Math.max(1, lasts.toMillis()));
    }

    /** An observed share outside the plan's band around the weight, at any entrance. */
    private Optional<String> bent(SoakSpec spec) {
        return shares.entrySet().stream()
                .filter(share ->
                        Math.abs(share.getValue() - weight(spec, share.getKey()).fraction())
                                > plan.judgement().shareBand() + 1e-9)
                .map(share -> share.getKey() + " sends " + Math.round(share.getValue() * 1000) / 10.0
                        + "% to the target, the weight is " + weight(spec, share.getKey()))
                .findFirst();
    }

    private static Weight weight(SoakSpec spec, String entrance) {
        return Objects.requireNonNull(spec.intended().get(entrance)).target();
    }

    private void sample(Samples samples, Metric metric, Side side, Instant from) {
        Sample sample = adapters.metrics(metric.from()).sample(metric, side, from, now, Deadline.after(now, CALL));
        samples.put(metric.name(), side, sample);
        samples.value(metric, side).ifPresent(value -> values.put(Samples.key(metric.name(), side), value));
    }
}
