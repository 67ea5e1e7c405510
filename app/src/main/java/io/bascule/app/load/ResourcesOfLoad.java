package io.bascule.app.load;

import io.bascule.app.meters.Asking;
import io.bascule.app.meters.Gathering;
import io.bascule.app.performance.Usages;
import io.bascule.core.json.Json;
import io.bascule.core.performance.Measure;
import io.bascule.load.LoadOutcome;
import io.bascule.load.TargetOutcome;
import io.bascule.load.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the targets of a load used while it lasted. */
public final class ResourcesOfLoad {
    private ResourcesOfLoad() {}

    /** The outcome with what was told of each target; blocks until nothing more is to be expected. */
    public static LoadOutcome of(LoadOutcome outcome, Asking asking, Gathering gathering) throws InterruptedException {
        Instant from = outcome.startedAt();
        Duration lasted = outcome.targets().stream()
                .map(target -> target.total().elapsed())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        SortedMap<String, SortedMap<String, Usage>> files = asking.filesOrWhyNot(from, lasted);
        SortedMap<String, SortedMap<String, Usage>> meters = asking.meters(from, from.plus(lasted), gathering);
        List<TargetOutcome> targets = outcome.targets().stream()
                .map(target -> target.using(over(files.get(target.name()), meters.get(target.name()))))
                .toList();
        return new LoadOutcome(outcome.startedAt(), outcome.model(), outcome.profile(), targets);
    }

    private static SortedMap<String, Usage> over(
            @Nullable SortedMap<String, Usage> below, @Nullable SortedMap<String, Usage> above) {
        SortedMap<String, Usage> both = new TreeMap<>();
        if (below != null) {
            both.putAll(below);
        }
        if (above != null) {
            both.putAll(above);
        }
        return both;
    }

    /** One line for people about what was told. */
    public static String text(String target, String measure, Usage usage) {
        return target + " " + measure + ": "
                + Measure.named(measure).unit().text(mean(measure, usage).orElse(0)) + " on average, "
                + usage.samples().size() + " samples"
                + (usage.missing() > 0 ? " (" + usage.missing() + " missing)" : "") + " from " + usage.from();
    }

    /** One line for programs. */
    public static Map<String, @Nullable Object> json(String target, String measure, Usage usage) {
        OptionalDouble mean = mean(measure, usage);
        return Json.object(
                "type",
                "load.resource",
                "name",
                target,
                "measure",
                measure,
                "mean",
                mean.isPresent() ? Measure.named(measure).unit().outside(mean.getAsDouble()) : null,
                "samples",
                usage.samples().size(),
                "missing",
                usage.missing(),
                "untold",
                usage.untold(),
                "from",
                usage.from());
    }

    private static OptionalDouble mean(String measure, Usage usage) {
        return Usages.samples(measure, usage).stream()
                .mapToDouble(Double::doubleValue)
                .average();
    }
}
