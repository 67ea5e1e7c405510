package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Patience;
import io.bascule.aws.data.FakeMigrations.Fault;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading, checking, stopping and resuming a replication task over HTTP, with every call spoiled once. */
class ReplicationTest {
    private static final Image RUNS = Image.of("switched", "no");
    private static final Image STOPPED = Image.of("switched", "yes");
    private static final List<String> READS =
            List.of("DescribeReplicationTasks", "DescribeReplicationInstances", "DescribeTableStatistics");

    private final FakeMigrations dms = new FakeMigrations();
    private final FakeFigures figures = new FakeFigures();
    private final Clients clients = dms.clients(figures);

    ReplicationTest() throws IOException {}

    @AfterEach
    void stop() {
        clients.close();
        dms.close();
    }

    private static ReplicationRule rule(boolean drained) {
        return new ReplicationRule(Duration.ofSeconds(5), drained, true);
    }

    private ReplicationProbe probe(boolean drained, InstantSource clock) {
        return new ReplicationProbe(
                new ReplicationReader(clients, new Calls(clock), FakeMigrations.REGION, FakeMigrations.TASK),
                rule(drained),
                new Patience(clock, Duration.ofMillis(1)));
    }

    /** One look: there is no time for a second one. */
    private Finding look() {
        return new ReplicationProbe(
                        new ReplicationReader(
                                clients, new Calls(InstantSource.system()), FakeMigrations.REGION, FakeMigrations.TASK),
                        rule(false),
                        new Patience(InstantSource.system(), Duration.ofHours(1)))
                .probe(soon());
    }

    private Actuator actuator() {
        return new ReplicationStop(
                clients, new Calls(InstantSource.system()), FakeMigrations.REGION, FakeMigrations.TASK, rule(true));
    }

    private static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(20));
    }

    private static Outcome apply(Actuator actuator, Image expected, Image wanted) {
        return actuator.apply(new Change("run/a/forward/1", Instant.now().plusSeconds(20), expected, wanted), soon());
    }

    private static Image settled(Actuator actuator) {
        Reading reading = actuator.observe(soon());
        while (reading instanceof Reading.Seen seen && seen.pending().isPresent()) {
            reading = actuator.observe(soon());
        }
        assertThat(reading).isInstanceOf(Reading.Seen.class);
        return reading instanceof Reading.Seen seen ? seen.image() : Image.NONE;
    }

    @Test
    void a_task_that_keeps_up_passes_by_figures_of_both_dimensions() {
        assertThat(look().verdict()).isEqualTo(new Verdict.Pass("it keeps up"));
        assertThat(look().facts()).containsEntry("tables", "2").containsEntry("sourceLatencySecondsPoints", "3");
    }

    @Test
    void b5_a_lag_that_is_not_told_never_opens_the_gate() {
        figures.values.clear();
        assertThat(look().verdict())
                .isInstanceOfSatisfying(
                        Verdict.NoData.class,
                        untold -> assertThat(untold.reason()).contains("CDCLatencySource has 0 of 3"));
        figures.values.put(Figure.SOURCE_LATENCY, 75.0);
        figures.values.put(Figure.TARGET_LATENCY, 1.0);
        assertThat(look().verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_stopped_task_does_not_pass_although_its_last_latencies_were_zero() {
        dms.status = "stopped";
        dms.stopReason = "Stop Reason NORMAL";
        dms.stopped = Instant.now().minusSeconds(60);
        assertThat(look().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class, fail -> assertThat(fail.reason()).contains("stopped"));
    }

    @Test
    void a_table_on_the_last_page_counts() {
        dms.page = 20;
        for (int i = 0; i < 60; i++) {
            dms.table("t" + i);
        }
        dms.tables.getLast().put("ValidationState", "Mismatched records");
        assertThat(look().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class, fail -> assertThat(fail.reason()).contains("shop.t59: Mismatched records"));
        assertThat(dms.count("DescribeTableStatistics")).isEqualTo(4);
    }

    @Test
    void a_field_that_is_missing_is_no_data() {
        dms.stats.remove("TablesErrored");
        assertThat(look().verdict()).isInstanceOf(Verdict.NoData.class);
        dms.stats.put("TablesErrored", 0);
        dms.tables.getFirst().remove("ValidationSuspendedRecords");
        assertThat(look().verdict()).isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void figures_that_cannot_be_read_or_are_only_a_part_are_no_data() {
        figures.partial = true;
        assertThat(look().verdict()).isInstanceOf(Verdict.NoData.class);
        figures.partial = false;
        figures.broken = true;
        assertThat(look().verdict()).isInstanceOf(Verdict.NoData.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_read_that_goes_wrong_in_any_way_is_no_data(Fault fault) {
        for (String action : READS) {
            dms.faults.put(action, fault);
            assertThat(look().verdict()).as(action).isInstanceOf(Verdict.NoData.class);
        }
        assertThat(look().verdict()).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void the_check_waits_for_a_minute_that_began_after_it_was_asked_and_no_longer_than_its_deadline() {
        Instant start = Instant.parse("2026-11-21T12:00:10Z");
        AtomicReference<Instant> now = new AtomicReference<>(start);
        figures.now = start;
        figures.whenAsked = () -> {
            now.set(now.get().plusSeconds(10));
            figures.now = now.get();
        };
        Finding drained = probe(true, now::get).probe(Deadline.after(start, Duration.ofMinutes(4)));
        assertThat(drained.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(now.get()).isBetween(start.plusSeconds(110), start.plusSeconds(130));

        figures.values.put(Figure.DISK, 8.0);
        Instant again = now.get();
        Finding waits = probe(true, now::get).probe(Deadline.after(again, Duration.ofMinutes(4)));
        assertThat(waits.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(now.get()).isBetween(again.plusSeconds(220), again.plusSeconds(260));
    }

    @Test
    void it_is_stopped_when_nothing_waits_and_resumes_from_where_it_stopped() {
        Actuator actuator = actuator();
        assertThat(apply(actuator, RUNS, STOPPED)).isInstanceOf(Outcome.Done.class);
        Reading reading = actuator.observe(soon());
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Seen.class,
                        seen -> assertThat(seen.pending().orElseThrow().progress())
                                .isEqualTo("stopping"));
        Image stopped = settled(actuator);
        assertThat(stopped.sameState(STOPPED)).isTrue();
        assertThat(stopped.context()).containsEntry("checkpoint", "checkpoint:V1#27#binlog.157832");
        assertThat(apply(actuator, STOPPED, RUNS)).isInstanceOf(Outcome.Done.class);
        assertThat(settled(actuator).sameState(RUNS)).isTrue();
        assertThat(dms.startedBy).containsExactly("resume-processing");
    }

    @Test
    void it_is_not_stopped_while_a_change_waits_or_when_that_is_not_told() {
        figures.values.put(Figure.MEMORY, 4.0);
        assertThat(apply(actuator(), RUNS, STOPPED)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.why()).contains("CDCChangesMemoryTarget is 4");
            assertThat(refused.again()).isTrue();
        });
        figures.values.remove(Figure.MEMORY);
        assertThat(apply(actuator(), RUNS, STOPPED)).isInstanceOf(Outcome.Refused.class);
        dms.tables.getFirst().put("ValidationState", "Pending records");
        figures.values.put(Figure.MEMORY, 0.0);
        assertThat(apply(actuator(), RUNS, STOPPED)).isInstanceOf(Outcome.Refused.class);
        assertThat(dms.count("StopReplicationTask")).isZero();
        assertThat(dms.status).isEqualTo("running");
    }

    @Test
    void a_task_that_somebody_stopped_too_early_is_not_taken_for_ours() {
        figures.values.put(Figure.INCOMING, 12.0);
        dms.status = "stopped";
        dms.stopped = Instant.now().minusSeconds(60);
        assertThat(settled(actuator()).get("switched")).contains("too early", "CDCIncomingChanges is 12");
        dms.stopReason = "Stop Reason FATAL_ERROR";
        figures.values.put(Figure.INCOMING, 0.0);
        assertThat(settled(actuator()).get("switched")).contains("too early", "FATAL_ERROR");
    }

    @Test
    void a_stop_of_which_nothing_is_known_is_unseen_but_for_who_asked_for_it() {
        Actuator asked = actuator();
        assertThat(apply(asked, RUNS, STOPPED)).isInstanceOf(Outcome.Done.class);
        figures.values.clear();
        assertThat(settled(asked).sameState(STOPPED)).isTrue();
        assertThat(actuator().observe(soon())).isInstanceOf(Reading.Unseen.class);
    }

    @Test
    void a_stop_that_was_proved_once_is_not_proved_again() {
        Actuator actuator = actuator();
        assertThat(apply(actuator, RUNS, STOPPED)).isInstanceOf(Outcome.Done.class);
        assertThat(settled(actuator).sameState(STOPPED)).isTrue();
        int before = figures.asked;
        assertThat(settled(actuator).sameState(STOPPED)).isTrue();
        assertThat(figures.asked).isEqualTo(before);
    }

    @Test
    void a_failed_task_is_in_a_state_of_its_own() {
        dms.status = "failed";
        assertThat(settled(actuator()).get("switched")).isEqualTo("failed");
        assertThat(apply(actuator(), RUNS, STOPPED)).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_spoiled_stop_answers_what_is_true(Fault fault) {
        dms.faults.put("StopReplicationTask", fault);
        Outcome outcome = apply(actuator(), RUNS, STOPPED);
        switch (fault) {
            case THROTTLED ->
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Refused.class,
                                refused -> assertThat(refused.again()).isTrue());
            case DENIED -> assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            case FAILED, DONE_BUT_LOST, BROKEN_OFF -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            case EMPTY -> assertThat(outcome).isInstanceOf(Outcome.Done.class);
        }
        assertThat(dms.count("StopReplicationTask")).isEqualTo(1);
        assertThat(settled(actuator()).sameState(fault == Fault.DONE_BUT_LOST ? STOPPED : RUNS))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_read_that_goes_wrong_stops_nothing(Fault fault) {
        for (String action : READS) {
            dms.faults.put(action, fault);
            assertThat(apply(actuator(), RUNS, STOPPED)).as(action).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(dms.count("StopReplicationTask")).isZero();
    }

    @Test
    void another_task_or_instance_is_not_taken_for_it() {
        ReplicationReader other = new ReplicationReader(
                clients, new Calls(InstantSource.system()), FakeMigrations.REGION, FakeMigrations.TASK + "X");
        assertThat(other.task(soon()).why()).contains("there is no replication task");
    }
}
