package io.bascule.engine.bench;

import io.bascule.core.run.RunId;
import io.bascule.core.run.Tick;
import io.bascule.engine.Engine;
import io.bascule.engine.JdbcStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An append against a forced write of the same size to the same disk, before and after. */
final class JournalCost {
    private static final int COUNT = 2_000;

    private JournalCost() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Bench.folder();
        long[] raw = Bench.rawWrites(folder, COUNT, 600);
        long[] appends = new long[COUNT];
        try (JdbcStore store = Bench.store(arguments, folder)) {
            RunId run = Bench.create(store, "cost");
            CountDownLatch done = new CountDownLatch(1);
            try (Engine engine = Bench.engine(store, (plan, id, around) -> {
                long seq = around.journal().entries().getLast().seq();
                for (int i = 0; i < COUNT && seq == i + 1; i++) {
                    long begin = System.nanoTime();
                    around.journal().append(Bench.entry(++seq, around.clock().now()), List.of());
                    appends[i] = (System.nanoTime() - begin) / 1_000;
                }
                done.countDown();
                return new Tick.Rest.Until(around.clock().now().plusSeconds(3_600));
            })) {
                engine.start();
                done.await();
            }
            System.out.println(run + ": " + store.verify(run).entries() + " entries, chain intact "
                    + store.verify(run).intact());
        }
        long[] rawAfter = Bench.rawWrites(folder, COUNT, 600);
        Bench.row("microseconds", List.of("p50", "p99", "max"));
        print("forced write, before", raw);
        print("append", appends);
        print("forced write, after", rawAfter);
        double between = (Bench.at(raw, 0.5) + Bench.at(rawAfter, 0.5)) / 2;
        Bench.row("append / forced write, p50", List.of(Bench.number(Bench.at(appends, 0.5) / between)));
    }

    private static void print(String name, long[] micros) {
        Bench.row(
                name,
                List.of(
                        Bench.number(Bench.at(micros, 0.5)),
                        Bench.number(Bench.at(micros, 0.99)),
                        Bench.number(Bench.at(micros, 1))));
    }
}
