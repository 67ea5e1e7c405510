package io.bascule.app.wiring;

import io.bascule.core.plan.Settings;
import io.bascule.core.port.Channel;
import io.bascule.core.run.RunId;
import io.bascule.embedded.files.FileChannel;
import io.bascule.engine.Loaded;
import io.bascule.engine.RunLoader;
import java.util.Map;
import java.util.TreeMap;

/** Turns a stored plan into what a tick needs: the plan, and the adapters that it names. */
public final class Wiring implements RunLoader {
    @Override
    public Loaded load(RunId run, String planBody) {
        StoredPlan stored = StoredPlan.read(planBody);
        PlanAdapters adapters = new PlanAdapters(stored);
        Map<String, Channel> channels = new TreeMap<>();
        stored.plan().tell().channels().forEach((name, settings) -> channels.put(name, channel(stored, settings)));
        return new Loaded(stored.plan(), adapters, channels, () -> {});
    }

    private static Channel channel(StoredPlan stored, Settings settings) {
        return switch (settings.adapter()) {
            case "file" -> new FileChannel(stored.folder().resolve(settings.need("path")));
            default -> throw new IllegalStateException("no channel is called " + settings.adapter());
        };
    }
}
