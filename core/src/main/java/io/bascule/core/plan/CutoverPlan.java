package io.bascule.core.plan;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A whole cutover as it was written, checked and resolved: every default filled in, every reference good. Immutable.
 *
 * @param judgement the rule of every soak
 * @param follows the run that a decommission follows
 */
public record CutoverPlan(
        String name,
        String title,
        Shape shape,
        Window window,
        List<Person> people,
        SortedMap<Side, Environment> environments,
        List<Entrance> entrances,
        List<Dataset> datasets,
        List<Writer> writers,
        List<Metric> metrics,
        JudgementRule judgement,
        List<Phase> phases,
        Tell tell,
        Optional<String> follows,
        PlanHash hash) {
    public CutoverPlan {
        people = List.copyOf(people);
        environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        entrances = List.copyOf(entrances);
        datasets = List.copyOf(datasets);
        writers = List.copyOf(writers);
        metrics = List.copyOf(metrics);
        phases = List.copyOf(phases);
    }

    public Stream<Step> steps() {
        return phases.stream().flatMap(phase -> phase.steps().stream());
    }

    public Optional<Step> step(String id) {
        return steps().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The same plan, but for one step; a phase that has nothing else is left out with it. */
    public CutoverPlan without(String step) {
        List<Phase> left = phases.stream()
                .map(phase -> phase.without(step))
                .filter(phase -> !phase.steps().isEmpty() || phase.gate().isPresent())
                .toList();
        return new CutoverPlan(
                name,
                title,
                shape,
                window,
                people,
                environments,
                entrances,
                datasets,
                writers,
                metrics,
                judgement,
                left,
                tell,
                follows,
                hash);
    }

    public Optional<Person> person(String id) {
        return people.stream().filter(person -> person.id().equals(id)).findFirst();
    }

    public Entrance entrance(String name) {
        return entrances.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    }

    public Metric metric(String name) {
        return metrics.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    }

    public Stream<Dataset> movedDatasets() {
        return datasets.stream().filter(dataset -> dataset.moved().isPresent());
    }
}
