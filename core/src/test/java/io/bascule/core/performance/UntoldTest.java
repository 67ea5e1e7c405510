package io.bascule.core.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Figures that were asked for and that nobody could tell. */
class UntoldTest {
    private final Runs runs = new Runs(20261122, 120, 200, 0.01);
    private final double[] weather = runs.weather();
    private final Measured before = runs.run("before", 20, 0, weather);
    private final Measured now = runs.run("now", 20, 0, weather);

    private static Measured using(Measured run, String measure, double value) {
        return run.with(new TreeMap<>(Map.of(measure, List.of(value, value, value))));
    }

    @Test
    void a_figure_that_was_asked_for_in_vain_is_no_data_whichever_run_it_is_of() {
        Measured without = now.without("cpu", "nobody answered");
        Verdict expected = new Verdict.NoData("cpu of now: nobody answered");
        for (Measured baseline : List.of(before, using(before, "cpu", 0.4))) {
            Comparison comparison = Comparison.of(baseline, without, CompareRules.CUSTOMARY);
            assertThat(comparison.verdict()).isEqualTo(expected);
            assertThat(comparison.row("cpu").orElseThrow().verdict()).isEqualTo(expected);
        }
        assertThat(Comparison.of(before.without("cpu", "too old"), using(now, "cpu", 0.4), CompareRules.CUSTOMARY)
                        .verdict())
                .isEqualTo(new Verdict.NoData("cpu of before: too old"));
        assertThat(Comparison.of(before.without("cpu", "too old"), now, CompareRules.CUSTOMARY)
                        .verdict())
                .isEqualTo(new Verdict.NoData("cpu of before: too old"));
    }

    @Test
    void an_objective_on_it_is_not_kept_and_says_why() {
        Objective cpu =
                new Objective.Bound("cpu", Measure.named("cpu"), true, 0.8, OptionalDouble.empty(), "cpu <= 80%");
        Held held = Objectives.hold(now.without("cpu", "nobody answered"), List.of(cpu))
                .getFirst();
        assertThat(held.compliant()).isFalse();
        assertThat(held.verdict()).isEqualTo(new Verdict.NoData("cpu was not measured: nobody answered"));
    }

    @Test
    void the_advice_is_to_get_it_and_not_to_measure_for_longer() {
        Measured without = now.without("cpu", "nobody answered");
        Assessment assessment =
                Assessment.of(without, Optional.of(Comparison.of(before, without, CompareRules.CUSTOMARY)), List.of());
        assertThat(Advice.of(assessment) + "")
                .contains("Get the figures that were asked for and did not come", "cpu of now: nobody answered")
                .doesNotContain("Measure for longer");
    }

    @Test
    void a_measure_that_decides_nothing_is_told_without_its_figure() {
        Comparison comparison = Comparison.of(before, now.without("queue", "nobody answered"), CompareRules.CUSTOMARY);
        assertThat(comparison.verdict().passed()).as("%s", comparison.verdict()).isTrue();
        assertThat(comparison.row("queue").orElseThrow().verdict())
                .isEqualTo(new Verdict.NoData("queue of now: nobody answered"));
    }
}
