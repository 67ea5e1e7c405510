package io.bascule.app.wiring;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.AdapterProvider;
import io.bascule.core.port.Adapters.Evidence;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.port.Platform;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The platforms that a plan's settings name, each opened when first asked for and closed with the plan. Safe for threads. */
final class Platforms implements AutoCloseable {
    /** What {@link PlanAdapters} makes itself; for these nobody is looked for. */
    private static final Set<String> OWN =
            Set.of("front-door", "file", "sqlite", "http-job", "script", "simulated", "none");

    private final CutoverPlan plan;
    private final String run;
    private final InstantSource clock;
    private final Map<String, Platform> open = new TreeMap<>();

    Platforms(CutoverPlan plan, String run, InstantSource clock) {
        this.plan = plan;
        this.run = run;
        this.clock = clock;
    }

    synchronized Platform of(Settings settings) {
        AdapterProvider provider = provider(settings);
        return open.computeIfAbsent(provider.getClass().getName(), _ -> provider.open(plan, run, clock));
    }

    private static AdapterProvider provider(Settings settings) {
        if (!OWN.contains(settings.adapter())) {
            for (AdapterProvider provider : ServiceLoader.load(AdapterProvider.class)) {
                if (provider.adapters().contains(settings.adapter())) {
                    return provider;
                }
            }
        }
        throw unknown(settings);
    }

    static IllegalStateException unknown(Settings settings) {
        return new IllegalStateException("this version has no adapter called " + settings.adapter());
    }

    /** SIMULATED as soon as one of them is: a run's evidence is worth no more than its weakest part. */
    Evidence evidence() {
        boolean simulated = named().filter(settings -> !OWN.contains(settings.adapter()))
                .anyMatch(settings -> of(settings).evidence() == Evidence.SIMULATED);
        return simulated ? Evidence.SIMULATED : Evidence.THIS_PLATFORM;
    }

    /** What each platform that the plan names has found against it. */
    List<Detection> detect(Deadline deadline) {
        return named().filter(settings -> !OWN.contains(settings.adapter()))
                .map(this::of)
                .distinct()
                .flatMap(platform -> platform.detect(deadline).stream())
                .toList();
    }

    private Stream<Settings> named() {
        Stream<Settings> routers = plan.entrances().stream().map(Entrance::router);
        Stream<Settings> steps = plan.steps().flatMap(step -> step.action().by().stream());
        return Stream.of(routers, plan.tell().channels().values().stream(), steps)
                .flatMap(each -> each);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Platform::close);
        open.clear();
    }
}
