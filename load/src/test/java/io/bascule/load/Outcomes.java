package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Finished loads made up from a seed. */
public final class Outcomes {

    private static final Instant START = Instant.parse("2026-11-21T16:00:00Z");

    private Outcomes() {}

    public static LoadOutcome random(long seed) {
        var random = new Random(seed);
        return new LoadOutcome(
                START,
                LoadOutcome.Model.OPEN,
                "100/s for 10s",
                List.of(target("source", random), target("target", random)));
    }

    private static TargetOutcome target(String name, Random random) {
        var seconds = new ArrayList<IntervalSnapshot>();
        for (int i = 0; i < 3; i++) {
            seconds.add(new IntervalSnapshot(
                    START.plusSeconds(i),
                    Duration.ofSeconds(1),
                    random.nextInt(200),
                    100,
                    random.nextInt(9),
                    times(random),
                    times(random)));
        }
        var names = new TreeMap<String, RequestOutcome>();
        names.put("GET /", new RequestOutcome(40, 3, Map.of(ErrorKind.HTTP_5XX, 3L), times(random)));
        var total = new LoadResult(
                URI.create("http://" + name + ".example/"),
                100.5,
                99.0 + random.nextInt(10) / 8.0,
                Duration.ofSeconds(10),
                1_000 + random.nextInt(10),
                4,
                Map.of(ErrorKind.HTTP_5XX, 3L, ErrorKind.RESET, 1L),
                0,
                times(random),
                times(random),
                times(random),
                times(random),
                LatencyHistogram.EMPTY);
        return new TargetOutcome(name, total, seconds, names, random.nextInt(50), null);
    }

    private static LatencyHistogram times(Random random) {
        var times = LatencyHistogram.plain();
        for (int i = 0; i < 500; i++) {
            LatencyHistogram.record(times, (long) Math.exp(random.nextDouble() * 25));
        }
        return new LatencyHistogram(times);
    }
}
