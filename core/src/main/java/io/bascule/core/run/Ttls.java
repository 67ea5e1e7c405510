package io.bascule.core.run;

import io.bascule.core.port.Resource;
import java.time.Duration;

/** The time to live that a name had before the run lowered it. */
final class Ttls {
    /** No name server hands out more than a week. */
    static final Duration LONGEST = Duration.ofDays(8);

    private Ttls() {}

    /** How long resolvers may keep what they learnt before; zero where the run changed nothing. */
    static Duration old(RunState state, String entrance) {
        return state.resource(Resource.dns(entrance))
                .filter(known -> !known.pre().get("ttl").equals(known.expected().get("ttl")))
                .map(known -> Duration.ofSeconds(Long.parseLong(known.pre().get("ttl"))))
                .orElse(Duration.ZERO);
    }
}
