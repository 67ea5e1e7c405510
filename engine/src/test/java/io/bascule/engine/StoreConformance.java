package io.bascule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Person;
import io.bascule.core.port.Message;
import io.bascule.core.run.Entry;
import io.bascule.core.run.JournalUncertain;
import io.bascule.core.run.Order;
import io.bascule.core.run.OrderEnvelope;
import io.bascule.core.run.RunEvent.Ended;
import io.bascule.core.run.RunEvent.Held;
import io.bascule.core.run.RunEvent.OrderAccepted;
import io.bascule.core.run.RunEvent.OrderRefused;
import io.bascule.core.run.RunEvent.SoakPassed;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store keeps, whatever the database. */
abstract class StoreConformance {
    private static final RunId RUN = new RunId("r1");
    private static final Message LETTER = new Message("k1", "team", "ana", "hello", "text", "she is on the list");

    /** The URL of an empty database. */
    abstract String freshUrl();

    private interface Body {
        void with(JdbcStore store) throws Exception;
    }

    private void withStore(Body body) throws Exception {
        try (JdbcStore store = JdbcStore.open(freshUrl())) {
            body.with(store);
        }
    }

    private void withRun(Body body) throws Exception {
        withStore(store -> {
            assertThat(store.create(TestPlans.run("r1"))).isEqualTo(new Creation.Created(RUN));
            body.with(store);
        });
    }

    static void sql(JdbcStore store, String statement) {
        Sql.inTransaction(store.access().dialect(), store.access().pools().scheduler(), c -> {
            Sql.run(c, statement);
            return true;
        });
    }

    /** Takes the lease as the scheduler does. */
    static Lease pick(JdbcStore store, RunId run, String worker) {
        sql(
                store,
                "update scheduled_tasks set picked=true, picked_by='" + worker + "', version=version+1, last_heartbeat="
                        + (store.access().dialect() == Dialect.SQLITE ? "0" : "timestamptz '1970-01-01 00:00:00Z'")
                        + " where picked=false and task_instance='" + run + "'");
        return new Lease(run, store.attendance(run).orElseThrow().version(), worker);
    }

    private static JdbcJournal journal(JdbcStore store, Lease lease) {
        return new JdbcJournal(store, lease, entry -> {});
    }

    private static Entry entry(long seq) {
        return new Entry(seq, TestPlans.now(), new SoakPassed("act-" + seq, "quiet \u00e9\n\"'\\ enough"));
    }

    private static void fill(JdbcStore store, Lease lease, int count) {
        JdbcJournal journal = journal(store, lease);
        for (int i = 0; i < count; i++) {
            assertThat(journal.append(entry(journal.last().seq() + 1), List.of()))
                    .isTrue();
        }
    }

    @Test
    void a_created_run_is_listed_and_due_and_has_its_first_entry() throws Exception {
        withRun(store -> {
            RunSummary run = store.run(RUN).orElseThrow();
            assertThat(run.plan()).isEqualTo("plan-of-r1");
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(run.entries()).isEqualTo(1);
            assertThat(store.runs()).containsExactly(run);
            assertThat(store.planBody(RUN)).isEqualTo("plan-of-r1");
            assertThat(store.journal(RUN)).hasSize(1);
            assertThat(store.attendance(RUN).orElseThrow().due()).isBefore(Instant.now());
            assertThat(store.verify(RUN).intact()).isTrue();
        });
    }

    @Test
    void a_second_run_of_a_plan_is_refused_until_the_first_is_over() throws Exception {
        withRun(store -> {
            NewRun again = TestPlans.run("r2", "plan-of-r1");
            assertThat(store.create(again)).isEqualTo(new Creation.Unfinished(RUN));
            assertThat(store.create(TestPlans.run("r1", "other"))).isEqualTo(new Creation.Taken(RUN));
            assertThat(store.unfinishedRunOf("plan-of-r1")).contains(RUN);
            assertThat(store.leases().retire(pick(store, RUN, "w"), RunStatus.COMPLETED))
                    .isTrue();
            assertThat(store.unfinishedRunOf("plan-of-r1")).isEmpty();
            assertThat(store.create(again)).isEqualTo(new Creation.Created(new RunId("r2")));
            assertThat(store.status(RUN)).isEqualTo(RunStatus.COMPLETED);
        });
    }

    @Test
    void a_run_keeps_the_text_it_began_with_though_another_of_that_hash_had_another() throws Exception {
        withRun(store -> {
            assertThat(store.leases().retire(pick(store, RUN, "w"), RunStatus.ABORTED_UNCHANGED))
                    .isTrue();
            NewRun first = TestPlans.run("r2", "plan-of-r1");
            NewRun elsewhere = new NewRun(first.id(), "in another folder", first.mode(), first.at(), first.started());
            assertThat(store.create(elsewhere)).isEqualTo(new Creation.Created(new RunId("r2")));
            assertThat(store.planBody(new RunId("r2"))).isEqualTo("in another folder");
            assertThat(store.planBody(RUN)).isEqualTo("plan-of-r1");
        });
    }

    @Test
    void of_many_creators_at_once_one_wins() throws Exception {
        withStore(store -> {
            List<Creation> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Future<Creation>> all = LongStream.range(0, 8)
                        .mapToObj(i -> threads.submit(() -> store.create(TestPlans.run("r" + i, "one"))))
                        .toList();
                for (Future<Creation> one : all) {
                    answers.add(one.get());
                }
            }
            assertThat(answers).filteredOn(Creation.Created.class::isInstance).hasSize(1);
            assertThat(store.runs()).hasSize(1);
        });
    }

    @Test
    void a_store_opened_by_many_at_once_has_its_tables_once() throws Exception {
        String url = freshUrl();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = LongStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        try (JdbcStore store = JdbcStore.open(url)) {
                            return store.runs().size();
                        }
                    }))
                    .toList();
            for (Future<Integer> one : all) {
                assertThat(one.get()).isZero();
            }
        }
    }

    @Test
    void a_store_of_a_newer_version_is_refused() throws Exception {
        String url = freshUrl();
        try (JdbcStore store = JdbcStore.open(url)) {
            sql(store, "update flyway_schema_history set version='99' where version is not null");
        }
        assertThatThrownBy(() -> JdbcStore.open(url).close())
                .isInstanceOf(StoreTrouble.class)
                .hasMessageContaining("99");
    }

    @Test
    void an_entry_comes_back_as_it_was_written() throws Exception {
        withRun(store -> {
            Entry entry = entry(2);
            assertThat(journal(store, pick(store, RUN, "w")).append(entry, List.of()))
                    .isTrue();
            assertThat(store.journal(RUN, 1)).containsExactly(entry);
        });
    }

    @Test
    void only_the_holder_of_the_lease_appends() throws Exception {
        withRun(store -> {
            Lease lease = pick(store, RUN, "w");
            assertThat(journal(store, new Lease(RUN, lease.version() - 1, "w")).append(entry(2), List.of()))
                    .isFalse();
            assertThat(journal(store, new Lease(RUN, lease.version(), "x")).append(entry(2), List.of()))
                    .isFalse();
            fill(store, lease, 1);
            assertThat(store.leases()
                            .release(lease, Instant.now(), Instant.now(), 0, 0, Optional.of(RunStatus.RUNNING)))
                    .isTrue();
            assertThat(journal(store, lease).append(entry(3), List.of())).isFalse();
            assertThat(store.journal(RUN)).hasSize(2);
        });
    }

    @Test
    void a_place_that_is_taken_is_refused() throws Exception {
        withRun(store -> {
            Lease lease = pick(store, RUN, "w");
            JdbcJournal slow = journal(store, lease);
            assertThat(slow.last().seq()).isEqualTo(1);
            fill(store, lease, 1);
            assertThat(slow.append(entry(2), List.of())).isFalse();
            assertThat(store.verify(RUN).intact()).isTrue();
        });
    }

    @Test
    void a_worker_whose_run_was_taken_over_appends_nothing_more() throws Exception {
        withRun(store -> {
            Lease old = pick(store, RUN, "old");
            fill(store, old, 3);
            assertThat(store.leases().revive(RUN, old.version(), Instant.EPOCH.plusMillis(1), Instant.now()))
                    .as("it has shown life since")
                    .isFalse();
            assertThat(store.leases().revive(RUN, old.version(), Instant.EPOCH, Instant.now()))
                    .isTrue();
            assertThat(journal(store, old).append(entry(5), List.of())).isFalse();
            Lease young = pick(store, RUN, "young");
            assertThat(young.version()).isEqualTo(old.version() + 2);
            assertThat(journal(store, old).append(entry(5), List.of())).isFalse();
            assertThat(store.leases().release(old, Instant.now(), Instant.now(), 0, 0, Optional.of(RunStatus.RUNNING)))
                    .isFalse();
            assertThat(store.leases().retire(old, RunStatus.COMPLETED)).isFalse();
            fill(store, young, 1);
            assertThat(store.verify(RUN)).extracting(ChainReport::entries).isEqualTo(5L);
        });
    }

    @Test
    void after_an_append_in_doubt_nothing_more_is_written() throws Exception {
        withRun(store -> {
            JdbcJournal journal = journal(store, pick(store, RUN, "w"));
            assertThat(journal.last().seq()).isEqualTo(1);
            sql(store, "alter table journal rename to hidden");
            assertThatThrownBy(() -> journal.append(entry(2), List.of())).isInstanceOf(JournalUncertain.class);
            sql(store, "alter table hidden rename to journal");
            assertThatThrownBy(() -> journal.append(entry(2), List.of())).isInstanceOf(JournalUncertain.class);
            assertThat(store.journal(RUN)).hasSize(1);
        });
    }

    @Test
    void a_message_is_written_with_its_entry_or_not_at_all() throws Exception {
        withRun(store -> {
            Lease lease = pick(store, RUN, "w");
            JdbcJournal journal = journal(store, lease);
            journal.tellBy(List.of("mail", "chat"));
            assertThat(journal.append(entry(2), List.of(LETTER, LETTER))).isTrue();
            assertThat(store.letters(Letter.State.PENDING))
                    .extracting(Letter::channel)
                    .containsExactlyInAnyOrder("mail", "chat");
            JdbcJournal stale = journal(store, new Lease(RUN, 1, "w"));
            stale.tellBy(List.of("mail"));
            assertThat(stale.append(entry(3), List.of(LETTER))).isFalse();
            assertThat(store.letters(Letter.State.PENDING)).hasSize(2);
            sql(store, "alter table outbox rename to hidden");
            assertThatThrownBy(() -> journal.append(entry(3), List.of(LETTER))).isInstanceOf(JournalUncertain.class);
            assertThat(store.journal(RUN)).hasSize(2);
        });
    }

    @Test
    void an_order_makes_a_sleeping_run_due_and_is_given_once() throws Exception {
        withRun(store -> {
            Instant later = TestPlans.now().plusSeconds(3_600);
            store.leases().release(pick(store, RUN, "w"), later, Instant.now(), 0, 0, Optional.of(RunStatus.WAITING));
            assertThat(store.attendance(RUN).orElseThrow().due()).isEqualTo(later);
            assertThat(store.status(RUN)).isEqualTo(RunStatus.WAITING);
            OrderReceipt receipt = store.order(RUN, new Order.Approve("go"), "ana", "os:ana@h", "fine", "t1");
            assertThat(receipt.heard()).isTrue();
            assertThat(store.attendance(RUN).orElseThrow().due()).isBefore(Instant.now());
            assertThat(store.order(RUN, new Order.Approve("go"), "ana", "os:ana@h", "fine", "t1")
                            .id())
                    .isEqualTo(receipt.id());
            assertThat(store.orders(RUN))
                    .containsExactly(
                            new OrderEnvelope(receipt.id(), new Order.Approve("go"), "ana", "os:ana@h", "fine"));
        });
    }

    @Test
    void an_order_given_during_a_tick_is_seen_by_the_release() throws Exception {
        withRun(store -> {
            Lease lease = pick(store, RUN, "w");
            long seen = store.leases().signals(lease).orElseThrow();
            store.order(RUN, new Order.Rollback(false, false), "ana", "os:ana@h", "now", "t1");
            assertThat(store.urgentOrderAfter(RUN, 0)).isTrue();
            Instant now = TestPlans.now();
            store.leases().release(lease, now.plusSeconds(3_600), now, seen, 0, Optional.of(RunStatus.RUNNING));
            assertThat(store.attendance(RUN).orElseThrow().due()).isEqualTo(now);
        });
    }

    @Test
    void an_order_to_nobody_is_refused_and_one_to_a_run_that_is_over_is_not_heard() throws Exception {
        withRun(store -> {
            assertThatThrownBy(() -> store.order(new RunId("none"), new Order.Ack(), "a", "b", "c", "t0"))
                    .isInstanceOf(NoSuchRun.class);
            store.leases().retire(pick(store, RUN, "w"), RunStatus.COMPLETED);
            assertThat(store.order(RUN, new Order.Ack(), "a", "b", "c", "t1").heard())
                    .isFalse();
        });
    }

    @Test
    void claims_are_had_all_or_none_and_end_with_the_run() throws Exception {
        withRun(store -> {
            RunId other = new RunId("r2");
            store.create(TestPlans.run("r2"));
            assertThat(store.claim(RUN, Set.of("web", "api"))).isEmpty();
            assertThat(store.claim(RUN, Set.of("web"))).isEmpty();
            assertThat(store.claim(other, Set.of("api", "cdn"))).containsOnlyKeys("api");
            assertThat(store.claim(other, Set.of("cdn"))).isEmpty();
            store.leases().retire(pick(store, RUN, "w"), RunStatus.COMPLETED);
            assertThat(store.claim(other, Set.of("api"))).isEmpty();
        });
    }

    @Test
    void the_chain_tells_every_kind_of_tampering() throws Exception {
        List<String> crimes = List.of(
                "update journal set body=replace(body, 'quiet', 'noisy') where seq=4",
                "update journal set at=(select at from journal where seq=1) where seq=4",
                "update journal set type='SoakBegun' where seq=4",
                "update journal set step='act-9' where seq=4",
                "update journal set fence=fence+1 where seq=4",
                "update journal set v=2 where seq=4",
                "update journal set hash=(select hash from journal where seq=3) where seq=4",
                "delete from journal where seq=4",
                "update journal set seq=100 where seq=4",
                "update journal set seq=-seq where seq in (4, 5)",
                "update journal set body=(select body from journal where seq=5) where seq=4");
        withStore(store -> {
            for (int i = 0; i < crimes.size(); i++) {
                RunId run = new RunId("r" + i);
                store.create(TestPlans.run(run.text()));
                fill(store, pick(store, run, "w"), 6);
                assertThat(store.verify(run).intact()).isTrue();
                sql(
                        store,
                        crimes.get(i).replace("from journal where", "from journal where run='" + run + "' and")
                                + " and run='" + run + "'");
                ChainReport report = store.verify(run);
                assertThat(report.intact()).as(crimes.get(i)).isFalse();
                assertThat(report.brokenAt()).as(crimes.get(i)).isEqualTo(4);
            }
        });
    }

    @Test
    void a_run_that_is_over_takes_an_acknowledgement_into_its_journal_and_nothing_else() throws Exception {
        CutoverPlan plan = knowing("ana");
        withRun(store -> {
            assertThatThrownBy(() -> store.afterEnd(RUN, plan, new Order.Ack(), "ana", "os:ana@h", "seen", "t0"))
                    .isInstanceOf(IllegalStateException.class);
            Lease lease = pick(store, RUN, "w");
            JdbcJournal journal = journal(store, lease);
            Ended ended = new Ended(RunStatus.ROLLED_BACK, List.of(), "it went back");
            assertThat(journal.append(new Entry(2, TestPlans.now(), ended), List.of()))
                    .isTrue();
            assertThat(store.leases().retire(lease, RunStatus.ROLLED_BACK)).isTrue();

            Entry said = store.afterEnd(RUN, plan, new Order.Ack(), "ana", "os:ana@h", "seen", "t1");
            Entry again = store.afterEnd(RUN, plan, new Order.Ack(), "ana", "os:ana@h", "seen", "t1");
            Entry refused = store.afterEnd(RUN, plan, new Order.Hold(), "ana", "os:ana@h", "wait", "t2");

            assertThat(said.event()).isInstanceOf(OrderAccepted.class);
            assertThat(again).isEqualTo(said);
            assertThat(refused.event()).isInstanceOf(OrderRefused.class);
            assertThat(store.journal(RUN)).hasSize(4);
            assertThat(store.verify(RUN).intact()).isTrue();
            assertThat(store.status(RUN)).isEqualTo(RunStatus.ROLLED_BACK);
        });
    }

    /** The least plan, with one person in it. */
    private static CutoverPlan knowing(String person) {
        CutoverPlan plan = TestPlans.plan("known");
        return new CutoverPlan(
                plan.name(),
                plan.title(),
                plan.shape(),
                plan.window(),
                List.of(new Person(person, person, Set.of("lead"), Optional.empty())),
                plan.environments(),
                plan.entrances(),
                plan.datasets(),
                plan.writers(),
                plan.metrics(),
                plan.judgement(),
                plan.phases(),
                plan.tell(),
                plan.follows(),
                plan.hash());
    }

    @Test
    void the_chain_tells_another_plan_an_emptied_journal_and_a_cut_tail() throws Exception {
        withRun(store -> {
            fill(store, pick(store, RUN, "w"), 6);
            ChainReport noted = store.verify(RUN);
            assertThat(store.verify(RUN, noted.entries(), noted.head()).intact())
                    .isTrue();
            sql(store, "delete from journal where seq>5");
            assertThat(store.verify(RUN).intact()).isTrue();
            assertThat(store.verify(RUN, noted.entries(), noted.head()).intact())
                    .isFalse();
            sql(store, "update run set plan_hash='" + "ab".repeat(32) + "'");
            assertThat(store.verify(RUN).brokenAt()).isEqualTo(1);
            sql(store, "delete from journal");
            assertThat(store.verify(RUN).intact()).isFalse();
        });
    }

    @Test
    void what_the_dead_of_this_machine_held_is_told_from_what_the_living_hold() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        String child = WorkerName.of(process.pid()) + ".1";
        assertThat(WorkerName.deadHere(child)).isFalse();
        assertThat(WorkerName.deadHere(WorkerName.fresh())).isFalse();
        assertThat(WorkerName.deadHere("elsewhere:" + process.pid() + ":1.1")).isFalse();
        assertThat(WorkerName.deadHere("anything")).isFalse();
        process.destroyForcibly().waitFor();
        assertThat(WorkerName.deadHere(child)).isTrue();
        withRun(store -> {
            pick(store, RUN, child);
            assertThat(store.leases().holders()).containsExactly(child);
            assertThat(store.leases().freeAll(child, Instant.now())).isEqualTo(1);
            assertThat(store.attendance(RUN).orElseThrow().worker()).isEmpty();
        });
    }

    @Test
    void a_dead_letter_can_be_sent_again_once() throws Exception {
        withRun(store -> {
            JdbcJournal journal = journal(store, pick(store, RUN, "w"));
            journal.tellBy(List.of("mail"));
            journal.append(new Entry(2, TestPlans.now(), new Held(Held.Cause.ORDER, "why")), List.of(LETTER));
            Letter letter = store.letters(Letter.State.PENDING).getFirst();
            assertThat(store.outbox().take(letter, Instant.now())).isTrue();
            assertThat(store.outbox().take(letter, Instant.now())).as("taken").isFalse();
            store.outbox().settle(letter.after(Letter.State.DEAD, Instant.now(), 1, "no such mailbox"));
            Letter dead = store.deadLetters().getFirst();
            assertThat(dead.error()).isEqualTo("no such mailbox");
            assertThat(store.resend(dead)).isTrue();
            assertThat(store.resend(dead)).isFalse();
            assertThat(store.letters(Letter.State.PENDING)).hasSize(1);
        });
    }
}
