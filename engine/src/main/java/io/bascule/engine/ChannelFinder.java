package io.bascule.engine;

import io.bascule.core.port.Channel;
import io.bascule.core.run.RunId;
import org.jspecify.annotations.Nullable;

/** Finds a run's channel by its name in the plan; null when the plan has none of that name. */
public interface ChannelFinder {
    @Nullable
    Channel channel(RunId run, String name);
}
