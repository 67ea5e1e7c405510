package io.bascule.engine.bench;

import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.OrderEnvelope;
import io.bascule.core.run.RunEvent.OrderAccepted;
import io.bascule.core.run.RunId;
import io.bascule.core.run.Tick;
import io.bascule.engine.Engine;
import io.bascule.engine.EngineSettings;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.TestPlans;
import io.bascule.engine.TickFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** From the order's call to the journaled order: with the run asleep, and in a call of a minute. */
final class OrderLatency {
    private static final int COUNT = 60;

    private OrderLatency() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Bench.folder();
        try (JdbcStore store = Bench.store(arguments, folder)) {
            Bench.row("order to journaled, ms", List.of("p50", "p90", "max"));
            print("run asleep", measure(store, "asleep", false));
            print("run in a call", measure(store, "called", true));
        }
    }

    private static long[] measure(JdbcStore store, String word, boolean inCall) throws Exception {
        RunId run = Bench.create(store, word);
        SynchronousQueue<Long> heard = new SynchronousQueue<>();
        AtomicBoolean calling = new AtomicBoolean();
        TickFunction tick = (plan, id, around) -> {
            long seq = around.journal().entries().getLast().seq();
            long last = 0;
            for (Entry entry : around.journal().entries()) {
                last = entry.event() instanceof OrderAccepted accepted ? accepted.id() : last;
            }
            while (!around.guard().stopping()) {
                for (OrderEnvelope order : around.inbox().after(last)) {
                    last = order.id();
                    OrderAccepted accepted =
                            new OrderAccepted(last, order.order(), order.who(), order.principal(), false, "");
                    if (!around.journal().append(new Entry(++seq, around.clock().now(), accepted), List.of())) {
                        return new Tick.Rest.Lost();
                    }
                    tell(heard);
                }
                if (!inCall) {
                    break;
                }
                call(calling);
            }
            return new Tick.Rest.Until(around.clock().now().plusSeconds(3_600));
        };
        EngineSettings settings = EngineSettings.of(store).withTick(tick).withOnly(run);
        try (Engine engine = new Engine(store, TestPlans.loader(Map.of()), settings)) {
            engine.start();
            return orders(store, run, inCall, calling, heard);
        }
    }

    private static long[] orders(
            JdbcStore store, RunId run, boolean inCall, AtomicBoolean calling, SynchronousQueue<Long> heard)
            throws InterruptedException {
        long[] millis = new long[COUNT];
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            while (inCall && !calling.get()) {
                Thread.sleep(1);
            }
            Thread.sleep(Duration.ofMillis(300 + random.nextInt(300)));
            long begin = System.nanoTime();
            store.order(run, new Order.Abort(), "ana", "os:ana@here", "", run + "/" + i);
            millis[i] = (heard.take() - begin) / 1_000_000;
        }
        return millis;
    }

    private static void call(AtomicBoolean calling) {
        calling.set(true);
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            // preempted, or closing
        } finally {
            calling.set(false);
        }
    }

    private static void tell(SynchronousQueue<Long> heard) {
        try {
            heard.put(System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void print(String name, long[] millis) {
        Bench.row(
                name,
                List.of(
                        Bench.number(Bench.at(millis, 0.5)),
                        Bench.number(Bench.at(millis, 0.9)),
                        Bench.number(Bench.at(millis, 1))));
    }
}
