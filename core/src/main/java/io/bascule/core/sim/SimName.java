package io.bascule.core.sim;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name whose weights are records of a zone. What is asked for becomes one batch; resolvers that have the old answer
 * keep it for the record's TTL, so the share follows the weights slowly.
 */
final class SimName {
    private static final int FULL = 200;
    private static final int ASSUMED_TTL = 5;
    /** Seconds; a longer TTL is taken to have been waited out before. */
    private static final int LONGEST_TAIL = 60;

    private final SimZone zone;
    private final String name;
    private int ttl = ASSUMED_TTL;
    private double from;
    private double to;
    private long since;
    /** Milliseconds until no resolver has the old answer: by the TTL that it was given with. */
    private double lasts = 1;

    SimName(SimZone zone, String name) {
        this.zone = zone;
        this.name = name;
        List<SimZone.Entry> start = List.of(new SimZone.Entry(name, "", ttl, 0, List.of("source")));
        zone.replace(List.of(), start).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    /** Resolvers have learnt the new TTL: it was lowered long enough ago. */
    void lives(int seconds) {
        List<SimZone.Entry> seen = zone.read(name);
        List<SimZone.Entry> wanted = seen.stream()
                .map(e -> new SimZone.Entry(e.name(), e.id(), seconds, e.weight(), e.values()))
                .toList();
        zone.replace(seen, wanted).ifPresent(why -> {
            throw new Violation(why);
        });
        ttl = seconds;
    }

    /** Asks the zone for weights; simple and weighted turn into each other in the same batch. */
    Optional<String> set(Image wanted) {
        int target = Integer.parseInt(wanted.get("target"));
        List<SimZone.Entry> records = new ArrayList<>();
        if (target == 0) {
            records.add(new SimZone.Entry(name, "", ttl, 0, List.of("source")));
        } else {
            for (Side side : Side.values()) {
                int weight = Integer.parseInt(wanted.get(side.word())) * FULL / 10_000;
                records.add(new SimZone.Entry(name, side.word(), ttl, weight, List.of(side.word())));
            }
        }
        return zone.replace(zone.read(name), records);
    }

    void moved(double share, long now) {
        from = share(now);
        to = share;
        since = now;
        lasts = Math.min(ttl, LONGEST_TAIL) * 1000.0;
    }

    /** The target's share of what resolvers answer. */
    double share(long at) {
        double passed = Math.min(1, Math.max(0, at - since) / lasts);
        return from + (to - from) * passed;
    }
}
