package io.bascule.app.wiring;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.AdapterProvider;
import io.bascule.core.port.Channel;
import io.bascule.core.port.RunHistory;
import io.bascule.core.run.RunId;
import io.bascule.engine.Loaded;
import io.bascule.engine.RunLoader;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Turns a stored plan into what a tick needs: the plan, and the adapters that it names. */
public final class Wiring implements RunLoader {
    private final RunHistory history;

    /** @param history of the store that the runs are kept in */
    public Wiring(RunHistory history) {
        this.history = history;
    }

    /** The permissions that a plan needs of each platform that has a form for them. Asks nobody. */
    public static List<String> permissions(CutoverPlan plan) {
        return ServiceLoader.load(AdapterProvider.class).stream()
                .map(provider -> provider.get().permissions(plan))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Override
    public Loaded load(RunId run, String planBody) {
        StoredPlan stored = StoredPlan.read(planBody);
        PlanAdapters adapters = new PlanAdapters(stored, run.text(), history);
        Map<String, Channel> channels = new TreeMap<>();
        stored.plan().tell().channels().forEach((name, settings) -> channels.put(name, adapters.channel(settings)));
        return new Loaded(stored.plan(), adapters, channels, adapters::close);
    }
}
