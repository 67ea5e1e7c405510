package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
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

    /** The same with what its targets used, made up from a seed, of two sources. */
    public static LoadOutcome using(LoadOutcome outcome, long seed) {
        var random = new Random(seed);
        return new LoadOutcome(
                outcome.startedAt(),
                outcome.model(),
                outcome.profile(),
                outcome.targets().stream()
                        .map(target -> target.using(usages(random)))
                        .toList());
    }

    private static SortedMap<String, Usage> usages(Random random) {
        var samples = new ArrayList<Usage.Sample>();
        for (int i = random.nextInt(2); i < 5; i++) {
            samples.add(new Usage.Sample(
                    random.nextInt(9) == 0 ? null : START.plusSeconds(random.nextInt(5)), random.nextInt(4)));
        }
        var scales = Usage.Scale.values();
        var usages = new TreeMap<String, Usage>();
        usages.put(
                "cpu",
                new Usage(
                        "meter " + random.nextInt(2),
                        scales[random.nextInt(scales.length)],
                        samples,
                        random.nextInt(3),
                        null));
        usages.put(
                "memory",
                random.nextBoolean()
                        ? Usage.untold("meter", "no answer " + random.nextInt(3))
                        : new Usage("meter", Usage.Scale.PERCENT, samples, 0, null));
        return usages;
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
