package io.bascule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.run.Order;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers that are killed, or stopped past their leases and woken again, on every database. */
abstract class CrashConformance {
    private static final RunId RUN = new RunId("r1");

    abstract String freshUrl();

    /** How many workers share the store. */
    abstract int workers();

    @Test
    void a_killed_worker_leaves_nothing_undone_doubled_or_unexplained() throws Exception {
        kill(6);
    }

    @Tag("long")
    @Test
    void two_hundred_killed_workers_leave_nothing_undone_doubled_or_unexplained() throws Exception {
        kill(200);
    }

    @Test
    void a_worker_that_slept_past_its_lease_can_neither_write_nor_act() throws Exception {
        pause(2);
    }

    @Tag("long")
    @Test
    void a_hundred_workers_that_slept_past_their_leases_can_neither_write_nor_act() throws Exception {
        pause(100);
    }

    private void kill(int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("kills, seed " + seed);
        Random random = new Random(seed);
        String url = freshUrl();
        List<Long> recovery = new ArrayList<>();
        try (JdbcStore store = JdbcStore.open(url);
                Receiver receiver = new Receiver(store);
                Children children = new Children(url, receiver.port())) {
            store.create(TestPlans.run("r1"));
            for (int i = 0; i < kills; i++) {
                children.fill(workers());
                recovery.add(awaitMore(store));
                Thread.sleep(random.nextInt(120));
                children.kill(random.nextInt(workers()));
            }
            children.killAll();
            end(store, receiver);
            int effects = receiver.effects().size();
            System.out.println(kills + " kills, " + effects + " effects; start of a worker to next entry: first half "
                    + quantiles(recovery.subList(0, kills / 2)) + ", second half "
                    + quantiles(recovery.subList(kills / 2, kills)));
            assertThat(effects).isGreaterThan(kills / 2);
        }
    }

    private static String quantiles(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return "p50 " + sorted.get(sorted.size() / 2) + ", max " + sorted.getLast() + " ms";
    }

    /** Milliseconds until three entries more are in the journal. */
    private static long awaitMore(JdbcStore store) throws Exception {
        long begin = System.nanoTime();
        long before = store.run(RUN).orElseThrow().entries();
        Await.until("progress", () -> store.run(RUN).orElseThrow().entries() > before + 2);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static void end(JdbcStore store, Receiver receiver) throws Exception {
        store.order(RUN, new Order.Rollback(false, false), "ana", "os:ana@here", "enough", "end");
        try (Engine engine = ChildWorker.engine(store, receiver.port())) {
            assertThat(engine.runUntilRest(RUN, () -> false)).contains(RunStatus.ROLLED_BACK);
        }
        assertThat(receiver.offences()).isEmpty();
        assertThat(store.verify(RUN)).extracting(ChainReport::what).isEqualTo("");
    }

    private void pause(int pauses) throws Exception {
        String url = freshUrl();
        try (JdbcStore store = JdbcStore.open(url);
                Receiver receiver = new Receiver(store);
                Children children = new Children(url, receiver.port())) {
            store.create(TestPlans.run("r1"));
            for (int i = 0; i < pauses; i++) {
                children.fill(1);
                pauseOnce(store, receiver, children);
                children.kill(0);
            }
            end(store, receiver);
            assertThat(receiver.late()).hasSize(pauses);
            System.out.println(pauses + " pauses, " + receiver.effects().size() + " effects, "
                    + receiver.late().size() + " late requests refused");
        }
    }

    /** The sleeper is stopped between its guard and its request; the request leaves after the take-over. */
    private static void pauseOnce(JdbcStore store, Receiver receiver, Children children) throws Exception {
        AtomicReference<String> paused = new AtomicReference<>("");
        CountDownLatch stopped = new CountDownLatch(1);
        receiver.whenAnnounced(token -> {
            if (paused.compareAndSet("", token)) {
                children.stopOutsideOfCommits(store);
                stopped.countDown();
            }
        });
        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
        long stale = store.attendance(RUN).orElseThrow().version();
        long last = store.run(RUN).orElseThrow().entries();
        try (Engine other = ChildWorker.engine(store, receiver.port())) {
            other.start();
            Await.until(
                    "taken over",
                    Duration.ofSeconds(20),
                    () -> store.run(RUN).orElseThrow().entries() > last + 6);
        }
        int late = receiver.late().size();
        children.wake();
        Await.until(
                "the late request",
                Duration.ofSeconds(10),
                () -> receiver.late().size() > late);
        assertThat(receiver.late()).contains(paused.get());
        assertThat(receiver.effects()).doesNotContainKey(paused.get());
        assertThat(store.rows(RUN, last)).noneMatch(row -> row.fence() <= stale);
    }
}
