package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.data.Replication.Load;
import io.bascule.aws.data.Replication.Point;
import io.bascule.aws.data.Replication.State;
import io.bascule.aws.data.Replication.Table;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each condition of the rule alone keeps it shut; with all of them it opens. */
class ReplicationRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");
    private static final ReplicationRule LAG = new ReplicationRule(Duration.ofSeconds(5), false, true);
    private static final ReplicationRule DRAINED = new ReplicationRule(Duration.ofSeconds(5), true, true);

    private State state = new State("running", "", "", "full-load-and-cdc", "", Optional.empty());
    private Load load = load(100, 0, 0, 0);
    private final Map<Figure, List<Point>> figures = new EnumMap<>(Figure.class);
    private List<Table> tables = List.of(table("shop.orders"), table("shop.customers"));

    ReplicationRuleTest() {
        for (Figure figure : Figure.values()) {
            figures.put(figure, minutes(0, 0, 0, 0));
        }
    }

    /** Newest first; the newest began 90 seconds ago. */
    private static List<Point> minutes(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new Point(NOW.minusSeconds(90 + 60L * i), values[i]))
                .toList();
    }

    private static Load load(long percent, long loading, long queued, long errored) {
        return new Load(
                OptionalLong.of(percent),
                OptionalLong.of(2),
                OptionalLong.of(loading),
                OptionalLong.of(queued),
                OptionalLong.of(errored));
    }

    private static Table table(String name) {
        return new Table(
                name, "Table completed", "Validated", OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0));
    }

    private Finding judge(ReplicationRule rule) {
        return rule.ofRunning(new Replication(NOW, state, load, figures, tables), Instant.MIN);
    }

    private void fails(ReplicationRule rule, String... words) {
        assertThat(judge(rule).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class, fail -> assertThat(fail.reason()).contains(words));
    }

    private void isUntold(ReplicationRule rule, String... words) {
        assertThat(judge(rule).verdict())
                .isInstanceOfSatisfying(
                        Verdict.NoData.class,
                        untold -> assertThat(untold.reason()).contains(words));
    }

    private void passes(ReplicationRule rule) {
        assertThat(judge(rule).verdict()).isInstanceOf(Verdict.Pass.class);
    }

    private void spoil(UnaryOperator<Table> change) {
        tables = List.of(table("shop.orders"), change.apply(table("shop.customers")));
    }

    @Test
    void with_every_condition_it_opens_and_every_figure_is_a_fact() {
        figures.put(Figure.SOURCE_LATENCY, minutes(1, 4.5, 2));
        assertThat(judge(LAG).verdict()).isEqualTo(new Verdict.Pass("it keeps up"));
        Finding drained = judge(DRAINED);
        assertThat(drained.verdict()).isEqualTo(new Verdict.Pass("everything has arrived"));
        assertThat(drained.facts())
                .containsEntry("status", "running")
                .containsEntry("fullLoadPercent", "100")
                .containsEntry("tablesErrored", "0")
                .containsEntry("sourceLatencySeconds", "4.5")
                .containsEntry("sourceLatencySecondsAge", "90 s")
                .containsEntry("targetLatencySecondsPoints", "3")
                .containsEntry("incomingChanges", "0")
                .containsEntry("memoryChanges", "0")
                .containsEntry("diskChanges", "0")
                .containsEntry("tables", "2")
                .containsEntry("tablesValidated", "2")
                .containsEntry("pendingRows", "0")
                .containsEntry("failedRows", "0")
                .containsEntry("suspendedRows", "0");
    }

    @Test
    void any_other_status_shuts_it_although_every_latency_is_zero() {
        for (String status :
                List.of("stopped", "stopping", "starting", "ready", "failed", "modifying", "testing", "")) {
            state = new State(status, "", "", "cdc", "", Optional.empty());
            fails(LAG, "status is " + status);
        }
        state = new State("failed", "", "Last Error: disk full", "cdc", "", Optional.empty());
        fails(LAG, "Last Error: disk full");
    }

    @Test
    void a_reason_to_stop_shuts_it() {
        state = new State("running", "Stop Reason RECOVERABLE_ERROR", "", "cdc", "", Optional.empty());
        fails(LAG, "RECOVERABLE_ERROR");
    }

    @Test
    void a_task_that_only_copies_shuts_it() {
        state = new State("running", "", "", "full-load", "", Optional.empty());
        fails(LAG, "carries no changes");
    }

    @Test
    void a_full_load_that_is_not_over_shuts_it() {
        load = load(99, 0, 0, 0);
        fails(LAG, "99 %");
        load = load(100, 1, 0, 0);
        fails(LAG, "tablesLoading is 1");
        load = load(100, 0, 2, 0);
        fails(LAG, "tablesQueued is 2");
        load = load(100, 0, 0, 3);
        fails(LAG, "tablesErrored is 3");
    }

    @Test
    void what_is_not_told_of_the_load_is_no_data_and_never_0() {
        OptionalLong zero = OptionalLong.of(0);
        OptionalLong none = OptionalLong.empty();
        load = new Load(none, zero, zero, zero, zero);
        isUntold(LAG, "full load");
        load = new Load(OptionalLong.of(100), zero, none, zero, zero);
        isUntold(LAG, "tablesLoading");
        load = new Load(OptionalLong.of(100), zero, zero, none, zero);
        isUntold(LAG, "tablesQueued");
        load = new Load(OptionalLong.of(100), zero, zero, zero, none);
        isUntold(LAG, "tablesErrored");
    }

    @Test
    void a_task_that_only_carries_changes_has_no_full_load() {
        state = new State("running", "", "", "cdc", "", Optional.empty());
        load = new Load(
                OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0));
        passes(DRAINED);
    }

    @Test
    void one_latency_above_the_limit_in_the_newest_three_minutes_shuts_it() {
        figures.put(Figure.TARGET_LATENCY, minutes(0, 0, 6, 0));
        fails(LAG, "CDCLatencyTarget is 6 s, more than 5 s");
        figures.put(Figure.TARGET_LATENCY, minutes(0, 0, 5, 600));
        passes(LAG);
        figures.put(Figure.SOURCE_LATENCY, minutes(5.1, 0, 0));
        fails(LAG, "CDCLatencySource is 5.1 s");
    }

    @Test
    void two_datapoints_are_no_data() {
        figures.put(Figure.SOURCE_LATENCY, minutes(0, 0));
        isUntold(LAG, "CDCLatencySource has 2 of 3");
        figures.remove(Figure.SOURCE_LATENCY);
        isUntold(LAG, "CDCLatencySource has 0 of 3");
    }

    @Test
    void datapoints_that_ended_three_minutes_ago_are_no_data() {
        List<Point> old = List.of(
                new Point(NOW.minusSeconds(180), 0),
                new Point(NOW.minusSeconds(240), 0),
                new Point(NOW.minusSeconds(300), 0));
        figures.put(Figure.TARGET_LATENCY, old);
        isUntold(LAG, "CDCLatencyTarget was last told 180 s ago");
        figures.put(Figure.TARGET_LATENCY, List.of(new Point(NOW.minusSeconds(179), 0), old.get(1), old.get(2)));
        passes(LAG);
    }

    @Test
    void changes_that_wait_shut_it_only_where_everything_must_have_arrived() {
        for (Figure figure : List.of(Figure.INCOMING, Figure.MEMORY, Figure.DISK)) {
            figures.put(figure, minutes(3, 0, 0));
            passes(LAG);
            fails(DRAINED, figure.metric() + " is 3");
            figures.put(figure, List.of());
            passes(LAG);
            isUntold(DRAINED, figure.metric() + " has no datapoint");
            figures.put(figure, List.of(new Point(NOW.minusSeconds(200), 0)));
            isUntold(DRAINED, figure.metric() + " was last told 200 s ago");
            figures.put(figure, minutes(0, 7));
            passes(DRAINED);
        }
    }

    @Test
    void a_minute_that_began_before_it_was_asked_does_not_tell_what_waits() {
        Replication read = new Replication(NOW, state, load, figures, tables);
        assertThat(DRAINED.ofRunning(read, NOW.minusSeconds(89)).verdict())
                .isInstanceOfSatisfying(
                        Verdict.NoData.class,
                        untold -> assertThat(untold.reason()).contains("CDCIncomingChanges", "since"));
        assertThat(DRAINED.ofRunning(read, NOW.minusSeconds(90)).verdict()).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void a_table_that_is_not_completed_shuts_it() {
        for (String word : List.of("Full load", "Table error", "Before load", "Table cancelled")) {
            spoil(good -> new Table(good.name(), word, "Validated", good.pending(), good.failed(), good.suspended()));
            fails(LAG, "shop.customers: " + word);
        }
        spoil(good -> new Table(good.name(), "", "Validated", good.pending(), good.failed(), good.suspended()));
        isUntold(LAG, "shop.customers: its state");
        tables = List.of();
        isUntold(LAG, "any table");
    }

    @Test
    void a_table_that_is_not_validated_shuts_it_unless_it_is_compared_otherwise() {
        ReplicationRule otherwise = new ReplicationRule(Duration.ofSeconds(5), true, false);
        for (String word : List.of(
                "Not enabled",
                "Pending records",
                "Mismatched records",
                "Suspended records",
                "No primary key",
                "Error")) {
            spoil(good -> new Table(good.name(), good.state(), word, good.pending(), good.failed(), good.suspended()));
            fails(LAG, "shop.customers: " + word);
            passes(otherwise);
        }
        spoil(good -> new Table(good.name(), good.state(), "", good.pending(), good.failed(), good.suspended()));
        isUntold(LAG, "shop.customers: its validation");
    }

    @Test
    void rows_that_are_pending_failed_or_suspended_shut_it() {
        OptionalLong zero = OptionalLong.of(0);
        OptionalLong two = OptionalLong.of(2);
        spoil(good -> new Table(good.name(), good.state(), good.validation(), two, zero, zero));
        fails(LAG, "2 rows is pending");
        spoil(good -> new Table(good.name(), good.state(), good.validation(), zero, two, zero));
        fails(LAG, "2 rows is failed");
        spoil(good -> new Table(good.name(), good.state(), good.validation(), zero, zero, two));
        fails(LAG, "2 rows is suspended");
        spoil(good -> new Table(good.name(), good.state(), good.validation(), OptionalLong.empty(), zero, zero));
        isUntold(LAG, "shop.customers: rows whose validation is pending");
    }

    @Test
    void what_stands_against_it_is_told_although_something_else_is_not_known() {
        figures.put(Figure.SOURCE_LATENCY, List.of());
        load = load(100, 0, 0, 1);
        fails(LAG, "tablesErrored");
    }

    @Test
    void many_tables_are_told_by_five_names_and_a_number() {
        tables = IntStream.range(0, 8)
                .mapToObj(i -> new Table(
                        "shop.t" + i,
                        "Table error",
                        "Validated",
                        OptionalLong.of(0),
                        OptionalLong.of(0),
                        OptionalLong.of(0)))
                .toList();
        fails(LAG, "shop.t4: Table error and 3 more");
    }

    @Test
    void a_stop_is_judged_by_the_minutes_before_it() {
        Instant stopped = NOW.minusSeconds(86_400);
        state = new State("stopped", "Stop Reason NORMAL", "", "cdc", "checkpoint:V1#27", Optional.of(stopped));
        for (Figure figure : Figure.values()) {
            figures.put(
                    figure,
                    List.of(
                            new Point(stopped.plusSeconds(60), 99),
                            new Point(stopped.minusSeconds(30), 0),
                            new Point(stopped.minusSeconds(90), 0),
                            new Point(stopped.minusSeconds(150), 0)));
        }
        Finding finding = DRAINED.ofStopped(new Replication(stopped, state, load, figures, tables));
        assertThat(finding.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(finding.facts()).containsEntry("checkpoint", "checkpoint:V1#27");
        figures.put(Figure.DISK, List.of(new Point(stopped.minusSeconds(30), 1)));
        assertThat(DRAINED.ofStopped(new Replication(stopped, state, load, figures, tables))
                        .verdict())
                .isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_task_that_stopped_by_itself_was_not_stopped_drained() {
        state = new State("stopped", "Stop Reason FATAL_ERROR", "", "cdc", "", Optional.of(NOW));
        assertThat(DRAINED.ofStopped(new Replication(NOW, state, load, figures, tables))
                        .verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class, fail -> assertThat(fail.reason()).contains("FATAL_ERROR"));
    }
}
