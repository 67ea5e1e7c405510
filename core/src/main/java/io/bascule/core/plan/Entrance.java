package io.bascule.core.plan;

import java.util.Optional;
import java.util.Set;

/**
 * One way in: a listener, a name, an origin. A shift moves all entrances, each observed by itself.
 *
 * @param name unique in the plan
 * @param router which adapter moves its traffic, with that adapter's settings
 * @param at the address users reach it by, for probes
 * @param expectPerSecond requests per second that the plan counts on, to check minimum requests against soaks
 * @param writes HTTP methods that count as writes during a freeze; empty for an entrance that carries none
 * @param freeze what happens to writes during a freeze
 * @param parkAtMost how many writes may be parked at once (only {@link FreezeMode#HOLD})
 * @param minHealthy targets that must be healthy on a side before it gets weight
 */
public record Entrance(
        String name,
        Settings router,
        String at,
        double expectPerSecond,
        Set<String> writes,
        FreezeMode freeze,
        int parkAtMost,
        int minHealthy) {
    public Entrance {
        writes = Set.copyOf(writes);
    }

    /** Whether its platform knows the health of targets only once they are attached, which is done at weight 0 first. */
    public boolean attaches() {
        return router.get("attach").isPresent();
    }

    /** The health check that the target's records are given, by its name in the plan; empty where they get none. */
    public Optional<String> healthCheck() {
        return router.get("target.health-check");
    }

    /** Whether its weights are records of a zone. */
    public boolean isName() {
        return router.get("zone").isPresent();
    }

    /** What an entrance does with writes while no database accepts them. */
    public enum FreezeMode {
        /** Parks them, bounded in number and time; past the bound 503 with Retry-After. */
        HOLD,
        /** Answers 503 with Retry-After at once. */
        REJECT
    }
}
