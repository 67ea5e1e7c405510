package io.bascule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Outcome;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.OrderEnvelope;
import io.bascule.core.run.RunEvent.Held;
import io.bascule.core.run.RunEvent.OrderAccepted;
import io.bascule.core.run.RunEvent.OutcomeRecorded;
import io.bascule.core.run.RunEvent.OutcomeRecorded.Answer;
import io.bascule.core.run.RunEvent.RunStarted;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Surroundings;
import io.bascule.core.run.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every worker keeps, whatever the database. */
abstract class EngineConformance {
    private static final RunId RUN = new RunId("r1");

    abstract String freshUrl();

    private interface Body {
        void with(JdbcStore store) throws Exception;
    }

    private void withStore(Body body) throws Exception {
        try (JdbcStore store = JdbcStore.open(freshUrl())) {
            body.with(store);
        }
    }

    private static EngineSettings quick(JdbcStore store, TickFunction tick) {
        return EngineSettings.of(store)
                .withHeartbeat(Duration.ofMillis(250), 4)
                .withPolling(Duration.ofMillis(50))
                .withTick(tick);
    }

    private static Engine engine(JdbcStore store, TickFunction tick) {
        return new Engine(store, TestPlans.loader(Map.of()), quick(store, tick));
    }

    private static OrderReceipt order(JdbcStore store, RunId run, Order order) {
        return store.order(run, order, "ana", "os:ana@here", "test", run + "-" + System.nanoTime());
    }

    /** A call that takes a minute unless it is interrupted. */
    private static final class SlowWorld implements ScriptedTick.World {
        final CountDownLatch inCall = new CountDownLatch(1);

        @Override
        public Answer call(String token, Instant notAfter) {
            inCall.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
                return Answer.DONE;
            } catch (InterruptedException e) {
                return Answer.UNKNOWN;
            }
        }

        @Override
        public boolean happened(String token) {
            return false;
        }
    }

    @Test
    void a_run_is_ticked_to_its_end_and_listeners_hear_every_entry_in_order() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            List<Entry> heard = new ArrayList<>();
            try (Engine engine = engine(store, ScriptedTick.of(5, ScriptedTick.World.NOTHING))) {
                engine.listen((run, entry) -> {
                    throw new IllegalStateException("a listener that fails");
                });
                engine.listen((run, entry) -> heard.add(entry));
                assertThat(engine.runUntilRest(RUN, () -> false)).contains(RunStatus.COMPLETED);
            }
            assertThat(heard).isEqualTo(store.journal(RUN, 1));
            assertThat(heard).hasSize(16);
            assertThat(store.verify(RUN).intact()).isTrue();
            assertThat(store.status(RUN)).isEqualTo(RunStatus.COMPLETED);
            assertThat(store.attendance(RUN)).isEmpty();
        });
    }

    @Test
    void a_listener_that_stalls_holds_up_no_tick() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            CountDownLatch never = new CountDownLatch(1);
            try (Engine engine = engine(store, ScriptedTick.of(5, ScriptedTick.World.NOTHING))) {
                engine.listen((run, entry) -> waitFor(never));
                engine.start();
                Await.until("the end", () -> store.status(RUN).terminal());
            }
        });
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_order_to_go_back_interrupts_the_call_and_is_journaled_at_once() throws Exception {
        withStore(store -> {
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                RunId run = new RunId("r" + i);
                store.create(TestPlans.run(run.text()));
                SlowWorld world = new SlowWorld();
                try (Engine engine = engine(store, ScriptedTick.of(1, world))) {
                    engine.start();
                    assertThat(world.inCall.await(10, TimeUnit.SECONDS)).isTrue();
                    long begin = System.nanoTime();
                    order(store, run, new Order.Rollback(false, false));
                    Await.until(
                            "journaled",
                            () -> store.journal(run).stream()
                                    .anyMatch(entry -> entry.event() instanceof OrderAccepted));
                    millis.add((System.nanoTime() - begin) / 1_000_000);
                    assertThat(engine.runUntilRest(run, () -> false)).contains(RunStatus.ROLLED_BACK);
                }
            }
            System.out.println("order to journaled during a call, ms: "
                    + millis.stream().sorted().toList());
            assertThat(millis.stream().sorted().toList().get(2)).isLessThan(600);
        });
    }

    @Test
    void a_note_does_not_disturb_a_call() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            SlowWorld world = new SlowWorld();
            try (Engine engine = engine(store, ScriptedTick.of(1, world))) {
                engine.start();
                assertThat(world.inCall.await(10, TimeUnit.SECONDS)).isTrue();
                order(store, RUN, new Order.Note("nothing"));
                Thread.sleep(600);
                assertThat(store.journal(RUN)).hasSize(2);
            }
            assertThat(store.journal(RUN).getLast().event())
                    .isInstanceOfSatisfying(
                            OutcomeRecorded.class,
                            outcome -> assertThat(outcome.answer()).isEqualTo(Answer.UNKNOWN));
        });
    }

    @Test
    void a_tick_that_throws_holds_the_run_once_and_is_tried_ever_more_rarely() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            AtomicInteger ticks = new AtomicInteger();
            TickFunction broken = (plan, run, around) -> {
                ticks.incrementAndGet();
                throw new IllegalStateException("no such metric, password=abc");
            };
            try (Engine engine = engine(store, broken)) {
                engine.start();
                Await.until("a second try", () -> ticks.get() >= 2);
                Thread.sleep(500);
            }
            assertThat(ticks.get()).isLessThan(4);
            assertThat(store.journal(RUN, 1))
                    .hasSize(1)
                    .first()
                    .satisfies(entry -> assertThat(entry.event()).isInstanceOfSatisfying(Held.class, held -> {
                        assertThat(held.cause()).isEqualTo(Held.Cause.DEFECT);
                        assertThat(held.reason()).contains("no such metric").doesNotContain("abc");
                    }));
            assertThat(store.status(RUN)).isEqualTo(RunStatus.HOLDING);
        });
    }

    @Test
    void a_plan_that_cannot_be_loaded_holds_the_run() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            RunLoader broken = (run, body) -> {
                throw new IllegalArgumentException("no adapter is called nginy");
            };
            try (Engine engine =
                    new Engine(store, broken, quick(store, ScriptedTick.of(1, ScriptedTick.World.NOTHING)))) {
                engine.start();
                Await.until("held", () -> store.journal(RUN).size() == 2);
            }
            assertThat(store.journal(RUN).getLast().event()).isInstanceOf(Held.class);
        });
    }

    @Test
    void a_tick_that_wants_to_go_on_at_once_but_writes_nothing_does_not_spin() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            AtomicInteger ticks = new AtomicInteger();
            TickFunction idle = (plan, run, around) -> {
                ticks.incrementAndGet();
                return new Tick.Rest.Until(around.clock().now());
            };
            try (Engine engine = engine(store, idle)) {
                engine.start();
                Await.until("ticked", () -> ticks.get() > 0);
                Thread.sleep(1_000);
            }
            assertThat(ticks.get()).isLessThan(15);
        });
    }

    @Test
    void the_run_of_a_worker_without_signs_of_life_is_taken_over() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            Lease ghost = StoreConformance.pick(store, RUN, "elsewhere:1:1.1");
            try (Engine engine = engine(store, ScriptedTick.of(3, ScriptedTick.World.NOTHING))) {
                assertThat(engine.runUntilRest(RUN, () -> false)).contains(RunStatus.COMPLETED);
            }
            assertThat(store.rows(RUN, 1))
                    .allSatisfy(row -> assertThat(row.fence()).isGreaterThan(ghost.version()));
        });
    }

    @Test
    void a_journal_in_doubt_ends_the_tick_and_the_next_one_goes_on() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            AtomicInteger calls = new AtomicInteger();
            ScriptedTick.World world = new ScriptedTick.World() {
                @Override
                public Answer call(String token, Instant notAfter) {
                    if (calls.incrementAndGet() == 3) {
                        StoreConformance.sql(store, "alter table journal rename to hidden");
                    }
                    return Answer.DONE;
                }

                @Override
                public boolean happened(String token) {
                    return true;
                }
            };
            try (Engine engine = engine(store, ScriptedTick.of(5, world))) {
                engine.start();
                Await.until("third call", () -> calls.get() == 3);
                Thread.sleep(400);
                assertThat(calls.get()).isEqualTo(3);
                StoreConformance.sql(store, "alter table hidden rename to journal");
                assertThat(engine.runUntilRest(RUN, () -> false)).contains(RunStatus.COMPLETED);
            }
            assertThat(calls.get()).isEqualTo(5);
            assertThat(store.verify(RUN).intact()).isTrue();
        });
    }

    @Test
    void only_the_runs_asked_for_are_taken() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            store.create(TestPlans.run("r2"));
            TickFunction tick = ScriptedTick.of(2, ScriptedTick.World.NOTHING);
            try (Engine engine = new Engine(
                    store, TestPlans.loader(Map.of()), quick(store, tick).withOnly(RUN))) {
                assertThat(engine.runUntilRest(RUN, () -> false)).contains(RunStatus.COMPLETED);
            }
            assertThat(store.journal(new RunId("r2"))).hasSize(1);
        });
    }

    @Test
    void a_closing_worker_ends_its_calls_and_gives_its_leases_back() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            SlowWorld world = new SlowWorld();
            Engine engine = engine(store, ScriptedTick.of(1, world));
            engine.start();
            assertThat(world.inCall.await(10, TimeUnit.SECONDS)).isTrue();
            long begin = System.nanoTime();
            engine.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            assertThat(store.attendance(RUN).orElseThrow().worker()).isEmpty();
            assertThat(store.journal(RUN).getLast().event()).isInstanceOf(OutcomeRecorded.class);
        });
    }

    @Test
    void a_wall_clock_that_jumps_loses_no_timer() throws Exception {
        for (long jump : new long[] {-60_000, 60_000, -3_600_000}) {
            withStore(store -> {
                store.create(TestPlans.run("r1"));
                AtomicLong shift = new AtomicLong();
                AnchoredClock clock =
                        new AnchoredClock(() -> System.currentTimeMillis() + shift.get(), System::nanoTime);
                ScriptedTick tick =
                        new ScriptedTick(8, Duration.ofMillis(100), Duration.ofSeconds(5), ScriptedTick.World.NOTHING);
                try (Engine engine = new Engine(
                        store, TestPlans.loader(Map.of()), quick(store, tick).withClock(clock))) {
                    engine.start();
                    Await.until("under way", () -> store.journal(RUN).size() > 6);
                    shift.set(jump);
                    Await.until(
                            "the end after " + jump,
                            Duration.ofSeconds(8),
                            () -> store.status(RUN).terminal());
                }
                assertThat(store.verify(RUN).intact()).isTrue();
                List<Entry> entries = store.journal(RUN);
                assertThat(IntStream.range(1, entries.size()))
                        .noneMatch(i ->
                                entries.get(i).at().isBefore(entries.get(i - 1).at()));
            });
        }
    }

    @Test
    void no_wake_up_is_lost() throws Exception {
        withStore(store -> {
            int runs = 20;
            int signals = 3_000;
            long seed = System.nanoTime();
            System.out.println("no_wake_up_is_lost seed " + seed);
            IntStream.range(0, runs).forEach(i -> store.create(TestPlans.run("r" + i)));
            try (Engine one = engine(store, EngineConformance::readOrders);
                    Engine two = engine(store, EngineConformance::readOrders)) {
                one.start();
                two.start();
                try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                    for (int t = 0; t < 4; t++) {
                        RandomGenerator random = new Random(seed + t);
                        threads.execute(() -> {
                            for (int i = 0; i < signals / 4; i++) {
                                order(store, new RunId("r" + random.nextInt(runs)), new Order.Note("n"));
                            }
                        });
                    }
                }
                Await.until(
                        "every order is journaled",
                        Duration.ofSeconds(60),
                        () -> IntStream.range(0, runs)
                                .mapToObj(i -> new RunId("r" + i))
                                .allMatch(run -> store.journal(run).size() - 1
                                        == store.orders(run).size()));
            }
        });
    }

    /** Journals every order and sleeps for an hour. */
    private static Tick.Rest readOrders(CutoverPlan plan, RunId run, Surroundings around) {
        List<Entry> entries = around.journal().entries();
        long seq = entries.getLast().seq();
        long read = entries.getLast().event() instanceof OrderAccepted last ? last.id() : 0;
        for (OrderEnvelope order : around.inbox().after(read)) {
            OrderAccepted accepted =
                    new OrderAccepted(order.id(), order.order(), order.who(), order.principal(), false, order.reason());
            if (!around.journal().append(new Entry(++seq, around.clock().now(), accepted), List.of())) {
                return new Tick.Rest.Lost();
            }
        }
        return new Tick.Rest.Until(around.clock().now().plusSeconds(3_600));
    }

    @Test
    void a_message_reaches_every_channel_that_works_and_dies_in_the_one_that_does_not() throws Exception {
        withStore(store -> {
            store.create(TestPlans.run("r1"));
            Queue<String> mail = new ConcurrentLinkedQueue<>();
            CountDownLatch never = new CountDownLatch(1);
            Map<String, Channel> channels = Map.of(
                    "mail",
                    (message, deadline) -> {
                        mail.add(message.key());
                        return mail.size() < 2 ? new Outcome.Unknown("no reply") : new Outcome.Done("");
                    },
                    "chat",
                    (message, deadline) -> new Outcome.Refused("no such room", false),
                    "page",
                    (message, deadline) -> {
                        throw new IllegalStateException("broken");
                    },
                    "fax",
                    (message, deadline) -> {
                        waitFor(never);
                        return new Outcome.Done("");
                    });
            TickFunction tick = ScriptedTick.of(1, ScriptedTick.World.NOTHING);
            try (Engine engine = new Engine(store, TestPlans.loader(channels), quick(store, tick))) {
                assertThat(engine.runUntilRest(RUN, () -> false)).contains(RunStatus.COMPLETED);
                assertThat(mail).as("tried before it returns").isNotEmpty();
                Await.until("dead", () -> store.deadLetters().size() == 1);
                assertThat(store.deadLetters().getFirst().error()).isEqualTo("no such room");
                Await.until("sent again", () -> store.letters(Letter.State.SENT).size() == 1);
                assertThat(mail).containsExactly("r1/ended", "r1/ended");
                assertThat(store.letters(Letter.State.PENDING))
                        .extracting(Letter::channel)
                        .containsExactlyInAnyOrder("page", "fax");
                assertThat(store.resend(store.deadLetters().getFirst())).isTrue();
                Await.until("dead again", () -> store.deadLetters().size() == 1);
                never.countDown();
            }
        });
    }

    @Test
    void the_first_entry_stays_what_it_was() throws Exception {
        withStore(store -> {
            NewRun run = TestPlans.run("r1");
            store.create(run);
            assertThat(store.journal(RUN).getFirst().event()).isEqualTo(run.started());
            assertThat(store.journal(RUN).getFirst().event()).isInstanceOf(RunStarted.class);
        });
    }
}
