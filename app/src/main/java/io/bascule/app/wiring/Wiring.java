package io.bascule.app.wiring;

import io.bascule.core.port.Channel;
import io.bascule.core.run.RunId;
import io.bascule.engine.Loaded;
import io.bascule.engine.RunLoader;
import java.util.Map;
import java.util.TreeMap;

/** Turns a stored plan into what a tick needs: the plan, and the adapters that it names. */
public final class Wiring implements RunLoader {
    @Override
    public Loaded load(RunId run, String planBody) {
        StoredPlan stored = StoredPlan.read(planBody);
        PlanAdapters adapters = new PlanAdapters(stored, run.text());
        Map<String, Channel> channels = new TreeMap<>();
        stored.plan().tell().channels().forEach((name, settings) -> channels.put(name, adapters.channel(settings)));
        return new Loaded(stored.plan(), adapters, channels, adapters::close);
    }
}
