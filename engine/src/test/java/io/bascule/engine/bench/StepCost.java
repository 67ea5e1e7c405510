package io.bascule.engine.bench;

import io.bascule.core.port.Message;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Journal;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.Surroundings;
import io.bascule.core.run.Tick;
import io.bascule.core.sim.SimPlans;
import io.bascule.core.sim.Simulation;
import io.bascule.engine.Engine;
import io.bascule.engine.JdbcStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What the journal costs one whole change, from its intent to its verification read back: real ticks of whole cutovers
 * over the simulated platform, whose calls take no time, each event in the store under the engine's lease before the run
 * goes on. Beside it, a forced write of the same disk in the same run.
 */
final class StepCost {
    private static final int RUNS = 60;
    private static final int WARM = 20;

    private final List<Long> steps = new ArrayList<>();
    private final List<Long> appends = new ArrayList<>();

    private StepCost() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Bench.folder();
        long[] raw = Bench.rawWrites(folder, 2_000, 600);
        StepCost cost = new StepCost();
        try (JdbcStore store = Bench.store(arguments, folder)) {
            for (int i = 0; i < RUNS; i++) {
                cost.cutover(store, i);
                if (i < WARM) {
                    cost.steps.clear();
                    cost.appends.clear();
                }
            }
        }
        long[] rawAfter = Bench.rawWrites(folder, 2_000, 600);
        double forced = (Bench.at(raw, 0.5) + Bench.at(rawAfter, 0.5)) / 2;
        cost.print(forced);
    }

    private void cutover(JdbcStore store, int seed) {
        Bench.create(store, "cost" + seed);
        CountDownLatch done = new CountDownLatch(1);
        try (Engine engine = Bench.engine(store, (plan, id, around) -> {
            Simulation.of(SimPlans.dataFirst(), seed)
                    .around(world -> recorded(world, around.journal()))
                    .run();
            done.countDown();
            return new Tick.Rest.Until(around.clock().now().plus(Duration.ofHours(1)));
        })) {
            engine.start();
            Bench.await(done);
        }
    }

    private Surroundings recorded(Surroundings world, Journal store) {
        Journal both = new Both(world.journal(), store);
        return new Surroundings(both, world.inbox(), world.adapters(), world.clock(), world.guard());
    }

    private void print(double forced) {
        double step = Bench.at(longs(steps), 0.5);
        Bench.row("microseconds", List.of("count", "p50", "p99", "max"));
        print("a change, intent to verified", longs(steps));
        print("appends of a change, each", longs(appends));
        Bench.row("a forced write", List.of("", Bench.number(forced), "", ""));
        Bench.row("appends per change", List.of(Bench.number((double) appends.size() / steps.size())));
        Bench.row("a change / forced write, p50", List.of(Bench.number(step / forced)));
        Bench.row("over three forced writes, p50", List.of(Bench.number(step - 3 * forced)));
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static void print(String name, long[] micros) {
        Bench.row(
                name,
                List.of(
                        Integer.toString(micros.length),
                        Bench.number(Bench.at(micros, 0.5)),
                        Bench.number(Bench.at(micros, 0.99)),
                        Bench.number(Bench.at(micros, 1))));
    }

    /** Durable in the store first, then in the simulated world's own journal, which its checks read. */
    private final class Both implements Journal {
        private final Journal simulated;
        private final Journal store;
        private final List<Long> each = new ArrayList<>();
        private long begin;
        private long seq;

        Both(Journal simulated, Journal store) {
            this.simulated = simulated;
            this.store = store;
            this.seq = store.entries().getLast().seq();
        }

        @Override
        public List<Entry> entries() {
            return simulated.entries();
        }

        @Override
        public boolean append(Entry entry, List<Message> messages) {
            long before = System.nanoTime();
            boolean end = entry.event() instanceof RunEvent.Ended;
            if (!end && !store.append(new Entry(++seq, entry.at(), entry.event()), messages)) {
                throw new IllegalStateException("the store refused entry " + seq);
            }
            took(entry.event(), before, System.nanoTime());
            return simulated.append(entry, messages);
        }

        private void took(RunEvent event, long before, long after) {
            switch (event) {
                case RunEvent.IntentRecorded _ -> {
                    begin = before;
                    each.clear();
                    each.add((after - before) / 1_000);
                }
                case RunEvent.OutcomeRecorded _ -> each.add((after - before) / 1_000);
                case RunEvent.StepVerified _ -> {
                    if (!each.isEmpty()) {
                        each.add((after - before) / 1_000);
                        steps.add((after - begin) / 1_000);
                        appends.addAll(each);
                        each.clear();
                    }
                }
                default -> {}
            }
        }
    }
}
