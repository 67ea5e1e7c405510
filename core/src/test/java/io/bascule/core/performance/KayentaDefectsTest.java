package io.bascule.core.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Verdict;
import io.bascule.core.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Five defects of a well-known judge of canaries, which this comparison must not have. */
class KayentaDefectsTest {
    /** There the tolerance is a share of the estimate itself: with enough windows a true shift of 1 % is always "High". */
    @Test
    void a_proved_shift_of_one_percent_is_no_failure_with_any_number_of_windows() {
        int failed = 0;
        for (int i = 0; i < 10; i++) {
            Runs runs = new Runs(100 + i, 360, 50, 0.02);
            double[] weather = runs.weather();
            Measured before = Runs.onSchedule(runs.run("before", 50, 0, weather), "one");
            Measured now = Runs.onSchedule(runs.run("now", 50.5, 0, weather), "one");
            Verdict verdict = Comparison.of(before, now, CompareRules.CUSTOMARY).verdict();
            failed += verdict instanceof Verdict.Fail ? 1 : 0;
        }
        assertThat(failed).isZero();
    }

    /** There a baseline without errors and a canary with errors in 30 % of its windows pass: most windows are equal. */
    @Test
    void errors_in_a_third_of_the_windows_fail_where_there_were_none_before() {
        Measured before = withErrors("before", 0, 0);
        Measured now = withErrors("now", 3, 5);
        Comparison comparison = Comparison.of(before, now, CompareRules.CUSTOMARY);
        assertThat(comparison.row("success-rate").orElseThrow().verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(comparison.verdict()).isInstanceOf(Verdict.Fail.class);
    }

    private static Measured withErrors(String name, int ofTen, long failures) {
        List<Slice> slices = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            long failed = second * 7 % 10 < ofTen ? failures : 0;
            slices.add(
                    new Slice(second, 1, 100, 100, failed, Distribution.of(new double[] {10, 11, 12, 40}, new long[] {
                        40, 30, 25, 5
                    })));
        }
        return Measured.of(name, new OfferedLoad.Open(100), slices);
    }

    /** There three windows are enough to fail a canary. */
    @Test
    void three_windows_decide_nothing_however_different_they_are() {
        Measured before = new Runs(1, 3, 50, 0.02).run("before", 50);
        Measured now = new Runs(2, 3, 50, 0.02).run("now", 500);
        Comparison comparison = Comparison.of(before, now, CompareRules.CUSTOMARY);
        assertThat(comparison.row("p95").orElseThrow().verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(comparison.row("p95").orElseThrow().verdict().reason()).contains("too short: 3 whole seconds");
        assertThat(comparison.verdict()).isNotInstanceOf(Verdict.Fail.class);
        assertThat(comparison.verdict().passed()).isFalse();
    }

    /** There a group of metrics that has no data at all counts as 100 points. */
    @Test
    void a_group_without_data_is_no_data_and_scores_nothing() {
        Measured before = new Runs(1, 30, 100, 0.02).run("before", 50);
        TreeMap<String, Double> figures = new TreeMap<>(before.figures());
        figures.keySet().removeIf(name -> Measure.named(name).isLatency());
        Measured now = new Measured(
                "now",
                before.load(),
                before.requests(),
                before.failed(),
                before.begun(),
                before.lasted(),
                figures,
                before.slices(),
                Distribution.EMPTY,
                before.samples(),
                before.errors(),
                Optional.empty(),
                Optional.empty());
        Comparison comparison = Comparison.of(before, now, CompareRules.CUSTOMARY);
        assertThat(comparison.row("p95").orElseThrow().verdict()).isInstanceOf(Verdict.NoData.class);
        Assessment assessment = Assessment.of(now, Optional.of(comparison), List.of());
        assertThat(assessment.verdict()).isInstanceOf(Verdict.NoData.class);
        assertThat(assessment.score().value()).isEmpty();
        assertThat(assessment.score().covered()).isEqualTo(50.0);
    }

    /** There confidence and tolerance can be configured, and the judge does not read them. */
    @Test
    void confidence_and_margins_that_are_set_are_used() {
        Runs runs = new Runs(5, 60, 100, 0.02);
        double[] weather = runs.weather();
        Measured before = Runs.onSchedule(runs.run("before", 50, 0, weather), "one");
        Measured now = Runs.onSchedule(runs.run("now", 57.5, 0, weather), "one");
        assertThat(verdict(before, now, 0.95, 0.05)).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict(before, now, 0.95, 0.30)).isInstanceOf(Verdict.Pass.class);
        double wide = width(before, now, 0.99);
        assertThat(wide).isGreaterThan(width(before, now, 0.80) * 1.3);
    }

    private static Verdict verdict(Measured before, Measured now, double confidence, double margin) {
        return row(before, now, confidence, margin).verdict();
    }

    private static double width(Measured before, Measured now, double confidence) {
        var interval = row(before, now, confidence, 0.1).interval().orElseThrow();
        assertThat(interval.confidence()).isEqualTo(confidence);
        return interval.high() - interval.low();
    }

    private static Row row(Measured before, Measured now, double confidence, double margin) {
        var rules = new CompareRules(confidence, new TreeMap<>(Map.of("p95", margin)), Set.of(), false);
        return Comparison.of(before, now, rules).row("p95").orElseThrow();
    }
}
