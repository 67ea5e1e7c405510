package io.bascule.engine.bench;

import io.bascule.core.run.RunId;
import io.bascule.core.run.Tick;
import io.bascule.engine.Engine;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.TickFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A run with 10,000 events: to read it, to verify its chain, and to go on with it after a restart of the worker. */
final class LongJournal {
    private static final int EVENTS = 10_000;

    private LongJournal() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Bench.folder();
        double force = Bench.at(Bench.rawWrites(folder, 500, 600), 0.5) / 1_000;
        RunId run;
        try (JdbcStore store = Bench.store(arguments, folder)) {
            run = Bench.create(store, "long");
            tick(store, EVENTS);
        }
        try (JdbcStore store = Bench.store(arguments, folder)) {
            Bench.row("10,000 events, ms", List.of("cold", "warm", "in forces"));
            row("read and parse", force, () -> millis(() -> store.journal(run)));
            row("verify the chain", force, () -> millis(() -> store.verify(run)));
            row("worker started to next event", force, () -> tick(store, 1));
        }
    }

    private interface Measured {
        double millis() throws Exception;
    }

    private static void row(String name, double force, Measured work) throws Exception {
        double cold = work.millis();
        double warm = cold;
        for (int i = 0; i < 5; i++) {
            warm = Math.min(warm, work.millis());
        }
        Bench.row(name, List.of(Bench.number(cold), Bench.number(warm), Bench.number(warm / force)));
    }

    private static double millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Milliseconds from the worker's start to the last of so many events more. */
    private static double tick(JdbcStore store, int events) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicLong end = new AtomicLong();
        TickFunction tick = (plan, id, around) -> {
            long seq = around.journal().entries().getLast().seq();
            for (int i = 0; i < events && done.getCount() > 0; i++) {
                around.journal().append(Bench.entry(++seq, around.clock().now()), List.of());
            }
            end.compareAndSet(0, System.nanoTime());
            done.countDown();
            return new Tick.Rest.Until(around.clock().now());
        };
        try (Engine engine = Bench.engine(store, tick)) {
            long begin = System.nanoTime();
            engine.start();
            Bench.await(done);
            return (end.get() - begin) / 1e6;
        }
    }
}
