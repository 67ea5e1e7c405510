package io.bascule.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bascule.core.performance.Objective.Bound;
import io.bascule.core.performance.Objective.Burn;
import io.bascule.core.performance.Objective.Pair;
import io.bascule.core.port.Verdict;
import io.bascule.core.stats.Distribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Measured BEFORE = new Runs(11, 60, 100, 0.02).run("before", 50);

    @Test
    void a_run_compared_with_itself_has_not_changed_and_scores_seventy() {
        Comparison comparison =
                Comparison.of(Runs.onSchedule(BEFORE, "one"), Runs.onSchedule(BEFORE, "one"), CompareRules.CUSTOMARY);
        Row p95 = comparison.row("p95").orElseThrow();
        assertThat(p95.change()).contains(0.0);
        assertThat(p95.interval().orElseThrow().contains(0)).isTrue();
        assertThat(p95.significant()).contains(false);
        assertThat(Score.of(comparison.rows(), comparison.verdict()).value()).contains(70.0);
    }

    @Test
    void the_direction_of_each_measure_is_known() {
        Measured slower = new Runs(12, 60, 100, 0.02).run("now", 70);
        Row p95 =
                Comparison.of(BEFORE, slower, CompareRules.CUSTOMARY).row("p95").orElseThrow();
        assertThat(p95.change().orElseThrow()).isCloseTo(0.4, within(0.1));
        assertThat(p95.improvementPercent().orElseThrow()).isNegative();
        assertThat(p95.improved()).isFalse();
        assertThat(p95.verdict()).isInstanceOf(Verdict.Fail.class);
        Row average = Comparison.of(slower, BEFORE, CompareRules.CUSTOMARY)
                .row("average")
                .orElseThrow();
        assertThat(average.improved()).isTrue();
        assertThat(average.verdict().passed()).isTrue();
        assertThat(average.score().orElseThrow()).isGreaterThan(80);
    }

    @Test
    void a_carried_share_that_falls_is_a_loss_of_throughput() {
        Measured before = carrying("before", 100);
        Measured now = carrying("now", 80);
        Row row = Comparison.of(before, now, CompareRules.CUSTOMARY)
                .row("throughput")
                .orElseThrow();
        assertThat(row.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(row.improvementPercent().orElseThrow()).isCloseTo(-20, within(0.5));
    }

    private static Measured carrying(String name, int perSecond) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            slices.add(new Slice(i, 1, 100, perSecond, 0, Distribution.of(new double[] {9, 10}, new long[] {
                perSecond / 2, perSecond / 2
            })));
        }
        return Measured.of(name, new OfferedLoad.Open(100), slices);
    }

    @Test
    void figures_typed_in_give_intervals_of_the_current_run_alone_and_resources_are_indicative() {
        Measured typed = Runs.typed(
                "baseline",
                "avg_response_time",
                90,
                "p95_response_time",
                150,
                "throughput_rps",
                100,
                "success_rate",
                99.2,
                "cpu_utilization",
                40,
                "memory_utilization",
                68);
        TreeMap<String, List<Double>> samples = new TreeMap<>();
        samples.put("cpu", Collections.nCopies(3, 0.75));
        samples.put("memory", Collections.nCopies(3, 0.5));
        Measured now = new Runs(12, 60, 100, 0.02).run("now", 50).with(samples);
        Comparison comparison = Comparison.of(typed, now, CompareRules.CUSTOMARY);
        Row p95 = comparison.row("p95").orElseThrow();
        assertThat(p95.how()).contains("fixed number");
        assertThat(p95.improved()).isTrue();
        Row cpu = comparison.row("cpu").orElseThrow();
        assertThat(cpu.indicative()).isTrue();
        assertThat(cpu.decides()).isFalse();
        assertThat(cpu.improvementPercent().orElseThrow()).isCloseTo(-87.5, within(0.1));
        Assessment assessment = Assessment.of(now, Optional.of(comparison), List.of());
        assertThat(assessment.verdict().passed()).as("%s", assessment.reasons()).isTrue();
        assertThat(assessment.words()).isEqualTo("Excellent performance");
        assertThat(Advice.of(assessment))
                .anySatisfy(advice -> assertThat(advice.evidence()).contains("40.00 % before, 75.00 % now"));
    }

    @Test
    void failures_are_proved_against_a_written_down_success_rate_too() {
        Measured typed = Runs.typed("baseline", "p95_response_time", 150, "throughput_rps", 100, "success_rate", 99.5);
        Runs runs = new Runs(12, 60, 100, 0.02);
        Measured failing = runs.run("now", 50, 0.03, runs.weather());
        Measured well = runs.run("now", 50, 0.003, runs.weather());
        Row row = Comparison.of(typed, failing, CompareRules.CUSTOMARY)
                .row("success-rate")
                .orElseThrow();
        assertThat(row.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(Comparison.of(typed, well, CompareRules.CUSTOMARY)
                        .row("success-rate")
                        .orElseThrow()
                        .verdict())
                .isNotInstanceOf(Verdict.Fail.class);
    }

    @Test
    void numbers_keep_their_zeros() {
        assertThat(new OfferedLoad.Open(100_000).text()).startsWith("100000/s");
        assertThat(new OfferedLoad.Open(12.5).text()).startsWith("12.5/s");
        assertThat(new Pair(Duration.ofHours(1), Duration.ofMinutes(5), 1_000).text())
                .isEqualTo("1h/5m at 1000x");
    }

    @Test
    void samples_over_time_let_resources_decide() {
        TreeMap<String, List<Double>> few = new TreeMap<>();
        TreeMap<String, List<Double>> many = new TreeMap<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            low.add(0.40 + 0.01 * (i % 5));
            high.add(0.60 + 0.01 * (i % 7));
        }
        few.put("cpu", low);
        many.put("cpu", high);
        Row cpu = Comparison.of(BEFORE.with(few), BEFORE.with(many), CompareRules.CUSTOMARY)
                .row("cpu")
                .orElseThrow();
        assertThat(cpu.decides()).isTrue();
        assertThat(cpu.verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_measure_of_any_name_is_compared_and_one_without_a_direction_is_only_told() {
        Measured before = Runs.typed("before", "queue_wait_ms", 10, "carts", 5);
        Measured now = Runs.typed("now", "queue_wait_ms", 30, "carts", 9);
        Comparison comparison = Comparison.of(before, now, CompareRules.CUSTOMARY);
        assertThat(comparison.row("queue-wait-ms").orElseThrow().measure().unit())
                .isEqualTo(Unit.MILLIS);
        assertThat(comparison.row("queue-wait-ms").orElseThrow().improvementPercent())
                .contains(-200.0);
        assertThat(comparison.row("carts").orElseThrow().improvementPercent()).isEmpty();
        assertThat(comparison.verdict()).isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void a_generator_that_was_itself_at_fault_is_an_error_and_never_a_failure_of_the_target() {
        Measured now = Runs.invalid(new Runs(12, 60, 100, 0.02).run("now", 90), "lateness p99 80 ms");
        Comparison comparison = Comparison.of(BEFORE, now, CompareRules.CUSTOMARY);
        assertThat(comparison.verdict()).isInstanceOf(Verdict.Errored.class);
        Objective bound = new Bound("p95", Measure.named("p95"), true, 1, OptionalDouble.empty(), "p95 <= 1ms");
        List<Held> held = Objectives.hold(now, List.of(bound));
        assertThat(held.getFirst().verdict()).isInstanceOf(Verdict.Errored.class);
        Assessment assessment = Assessment.of(now, Optional.of(comparison), held);
        assertThat(assessment.words()).isEqualTo("Not decided");
        assertThat(Advice.of(assessment).getFirst().evidence()).contains("lateness p99 80 ms");
    }

    @Test
    void a_percentile_of_too_few_requests_is_not_judged_and_says_how_many_are_missing() {
        Measured run = Measured.of(
                "run",
                new OfferedLoad.Open(10),
                List.of(new Slice(0, 1, 60, 60, 0, Distribution.of(new double[] {5}, new long[] {60}))));
        Objective p99 = new Bound("p99", Measure.named("p99"), true, 100, OptionalDouble.empty(), "p99 <= 100ms");
        Held held = Objectives.hold(run, List.of(p99)).getFirst();
        assertThat(held.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(held.verdict().reason()).contains("308 more are needed");
        assertThat(held.observed()).contains(5.0);
    }

    @Test
    void with_a_confidence_the_interval_must_clear_the_bound() {
        Objective sure = new Bound(
                "s", Measure.named("success-rate"), false, 0.999, OptionalDouble.of(0.95), "success-rate >= 99.9%");
        assertThat(Objectives.hold(Runs.counted("run", 3_000, 0, 100, 9), List.of(sure))
                        .getFirst()
                        .verdict())
                .isInstanceOf(Verdict.Inconclusive.class);
        assertThat(Objectives.hold(Runs.counted("run", 4_000, 0, 100, 9), List.of(sure))
                        .getFirst()
                        .compliant())
                .isTrue();
        assertThat(Objectives.hold(Runs.counted("run", 4_000, 40, 100, 9), List.of(sure))
                        .getFirst()
                        .verdict())
                .isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void an_open_load_that_was_carried_meets_a_throughput_of_just_what_was_offered() {
        Objective least =
                new Bound("t", Measure.named("throughput"), false, 100, OptionalDouble.empty(), "throughput >= 100/s");
        TreeMap<String, Double> figures = new TreeMap<>();
        figures.put("throughput", 99.6);
        Measured run = Measured.typed("run", new OfferedLoad.Open(100), figures);
        assertThat(Objectives.hold(run, List.of(least)).getFirst().compliant()).isTrue();
        figures.put("throughput", 97.0);
        Measured dropped = Measured.typed("run", new OfferedLoad.Open(100), figures);
        assertThat(Objectives.hold(dropped, List.of(least)).getFirst().verdict())
                .isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_budget_burns_when_both_stretches_say_so_and_not_after_a_burst_that_is_over() {
        Burn burn =
                new Burn("budget", 0.999, List.of(new Pair(Duration.ofSeconds(60), Duration.ofSeconds(10), 10)), "");
        assertThat(burning(burn, 60, 90, 3).verdict())
                .as("3 % over half a minute")
                .isInstanceOf(Verdict.Fail.class);
        assertThat(burning(burn, 60, 62, 3).verdict().passed())
                .as("3 % for two seconds")
                .isTrue();
        assertThat(burning(burn, 0, 1, 50).verdict().passed())
                .as("half of the first second")
                .isTrue();
        Burn longer =
                new Burn("budget", 0.999, List.of(new Pair(Duration.ofMinutes(15), Duration.ofMinutes(2), 6)), "");
        assertThat(burning(longer, 60, 60, 0).verdict())
                .as("the run is shorter than the stretch")
                .isInstanceOf(Verdict.NoData.class);
    }

    private static Held burning(Burn burn, int from, int to, long failed) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            slices.add(new Slice(i, 1, 100, 100, i >= from && i < to ? failed : 0, Distribution.of(5.0)));
        }
        return Objectives.hold(Measured.of("run", new OfferedLoad.Open(100), slices), List.of(burn))
                .getFirst();
    }
}
