package io.bascule.engine.bench;

import io.bascule.core.run.Tick;
import io.bascule.engine.Engine;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.TickFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Events per second at 1, 10 and 100 busy runs, beside the disk's own rate of forced writes in the same minute. */
final class EventsPerSecond {
    private static final Duration MEASURED = Duration.ofSeconds(5);

    private EventsPerSecond() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Bench.folder();
        Bench.row("busy runs", List.of("events/s", "forced/s", "ratio"));
        for (int runs : new int[] {1, 10, 100}) {
            double raw = 1e6 / mean(Bench.rawWrites(folder, 1_000, 600));
            double events = measure(arguments, folder.resolve(runs + ".db").toString(), runs);
            Bench.row(
                    Integer.toString(runs),
                    List.of(Bench.number(events), Bench.number(raw), Bench.number(events / raw)));
        }
    }

    private static double measure(String[] arguments, String file, int runs) throws Exception {
        try (JdbcStore store = JdbcStore.open(arguments.length > 0 ? arguments[0] : "jdbc:sqlite:" + file)) {
            for (int i = 0; i < runs; i++) {
                Bench.create(store, "busy" + i);
            }
            AtomicLong events = new AtomicLong();
            AtomicBoolean over = new AtomicBoolean();
            TickFunction busy = (plan, run, around) -> {
                long seq = around.journal().entries().getLast().seq();
                while (!over.get() && !around.guard().stopping()) {
                    if (!around.journal()
                            .append(Bench.entry(++seq, around.clock().now()), List.of())) {
                        return new Tick.Rest.Lost();
                    }
                    events.incrementAndGet();
                }
                return new Tick.Rest.Until(around.clock().now().plusSeconds(3_600));
            };
            try (Engine engine = Bench.engine(store, busy)) {
                engine.start();
                Thread.sleep(Duration.ofSeconds(2));
                long before = events.get();
                long begin = System.nanoTime();
                Thread.sleep(MEASURED);
                double rate = (events.get() - before) * 1e9 / (System.nanoTime() - begin);
                over.set(true);
                return rate;
            }
        }
    }

    private static double mean(long[] micros) {
        double sum = 0;
        for (long each : micros) {
            sum += each;
        }
        return sum / micros.length;
    }
}
