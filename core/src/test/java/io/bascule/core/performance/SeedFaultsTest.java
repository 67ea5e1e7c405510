package io.bascule.core.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.performance.Objective.Bound;
import io.bascule.core.port.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Part D of the faults in the documents at the beginning: the validator. One test, at least, for each line. */
class SeedFaultsTest {
    private static Bound bound(String measure, boolean atMost, double bound) {
        return new Bound(measure, Measure.named(measure), atMost, bound, OptionalDouble.empty(), measure);
    }

    private static Held hold(Measured run, Objective objective) {
        return Objectives.hold(run, List.of(objective)).getFirst();
    }

    @Test
    void d1_a_bound_includes_its_own_value() {
        Measured run = Runs.typed("run", "success_rate", 99.9, "p95_response_time", 500, "throughput_rps", 100);
        assertThat(hold(run, bound("success-rate", false, 0.999)).compliant()).isTrue();
        assertThat(hold(run, bound("p95", true, 500)).compliant()).isTrue();
        assertThat(hold(run, bound("throughput", false, 100)).compliant()).isTrue();
        Measured perfect = Runs.typed("run", "success_rate", 100);
        assertThat(hold(perfect, bound("success-rate", false, 1)).compliant()).isTrue();
    }

    @Test
    void d2_a_missing_metric_is_no_data_and_not_compliant() {
        Measured run = Runs.typed("run", "success_rate", 100);
        Held held = hold(run, bound("p95", true, 500));
        assertThat(held.verdict()).isInstanceOf(Verdict.NoData.class);
        Assessment assessment = Assessment.of(run, Optional.empty(), List.of(held));
        assertThat(assessment.compliant()).contains(false);
        assertThat(assessment.verdict().passed()).isFalse();
    }

    @Test
    void d3_a_margin_has_its_sign() {
        Measured run = Runs.typed("run", "p95_response_time", 620, "success_rate", 99.95);
        assertThat(hold(run, bound("p95", true, 500)).margin()).contains(-120.0);
        assertThat(hold(run, bound("p95", true, 700)).margin()).contains(80.0);
        assertThat(hold(run, bound("success-rate", false, 0.999)).margin().orElseThrow())
                .isPositive();
        assertThat(hold(run, bound("success-rate", false, 0.9999)).margin().orElseThrow())
                .isNegative();
    }

    /** A success rate says how a test went; what it meant for a month is said by a budget and how fast it burns. */
    @Test
    void d4_availability_is_told_as_the_success_rate_it_is_and_a_budget_is_an_objective_of_its_own() {
        assertThat(Measure.named("availability").title()).isEqualTo("Success rate");
        Measured run = new Runs(1, 400, 30, 0.05).run("run", 20, 0.03, new double[400]);
        var burn = new Objective.Burn("budget", 0.999, Objective.Burn.CUSTOMARY, "burn 99.9%");
        Held held = hold(run, burn);
        assertThat(held.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(held.observed().orElseThrow()).isBetween(20.0, 40.0);
        assertThat(held.margin().orElseThrow()).isNegative();
    }

    @Test
    void d5_a_closed_load_cannot_show_more_than_its_users_can_ask() {
        Measured run = Runs.closed(new Runs(1, 30, 60, 0.02).run("run", 500), 50);
        Held held = hold(run, bound("throughput", false, 100));
        assertThat(held.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(held.verdict().reason()).contains("closed model 50 users", "cannot ask more than");
        assertThat(held.compliant()).isFalse();
    }

    @Test
    void d5_an_open_load_below_the_bound_says_that_the_rate_was_too_low() {
        Measured run = new Runs(1, 30, 60, 0.02).run("run", 20);
        assertThat(hold(run, bound("throughput", false, 100)).verdict().reason())
                .contains("raise the rate");
    }

    @Test
    void d6_word_score_and_verdict_never_contradict_each_other() {
        long seed = 6;
        System.out.println("assessments, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int[] seen = new int[5];
        for (int i = 0; i < 120; i++) {
            Runs runs = new Runs(seed + i, 20, 40 + random.nextInt(40), 0.02);
            Measured before = runs.run("before", 50, 0, runs.weather());
            double slower = Math.exp(random.nextDouble(-0.4, 0.4));
            Measured now = runs.run("now", 50 * slower, random.nextBoolean() ? 0 : 0.05, runs.weather());
            List<Held> held = random.nextBoolean()
                    ? List.of()
                    : Objectives.hold(now, List.of(bound("p95", true, random.nextInt(60, 300))));
            CompareRules rules = CompareRules.CUSTOMARY.atAnyLoad();
            Assessment assessment = Assessment.of(now, Optional.of(Comparison.of(before, now, rules)), held);
            consistent(assessment);
            seen[Verdicts.rank(assessment.verdict())]++;
        }
        assertThat(seen[0] + seen[1]).isPositive();
        assertThat(seen[3]).isPositive();
    }

    private static void consistent(Assessment assessment) {
        Optional<Double> score = assessment.score().value();
        switch (assessment.verdict()) {
            case Verdict.Pass _ -> {
                assertThat(assessment.words()).isIn("Excellent performance", "Good performance");
                assertThat(assessment.words().startsWith("Excellent")).isEqualTo(score.orElseThrow() >= 80);
                assertThat(score.orElseThrow()).isGreaterThanOrEqualTo(60);
                assertThat(assessment.compliant().orElse(true)).isTrue();
            }
            case Verdict.Fail _ -> {
                assertThat(assessment.words()).isEqualTo("Performance concerns");
                assertThat(score.orElse(0.0)).isLessThanOrEqualTo(59);
            }
            case Verdict.Inconclusive _, Verdict.NoData _, Verdict.Errored _ ->
                assertThat(assessment.words()).isEqualTo("Not decided");
        }
    }

    @Test
    void d7_throughput_at_another_load_is_not_compared() {
        Measured before = new Runs(1, 30, 45, 0.02).run("before", 50);
        Measured now = new Runs(2, 30, 90, 0.02).run("now", 50);
        Comparison refused = Comparison.of(before, now, CompareRules.CUSTOMARY);
        assertThat(refused.refused()).isTrue();
        assertThat(refused.verdict()).isInstanceOf(Verdict.Errored.class);
        assertThat(refused.verdict().reason()).contains("45/s", "90/s");
        Comparison told = Comparison.of(before, now, CompareRules.CUSTOMARY.atAnyLoad());
        assertThat(told.row("throughput").orElseThrow().decides()).isFalse();
        assertThat(told.row("p95").orElseThrow().decides()).isTrue();
        assertThat(told.remarks().getFirst()).contains("The loads differ");
    }

    @Test
    void d7_a_baseline_that_says_only_what_it_carried_is_held_to_that() {
        Measured before = Runs.typed("baseline", "avg_response_time", 850, "throughput_rps", 45, "success_rate", 99.2);
        Measured now = new Runs(2, 30, 90, 0.02).run("now", 50);
        assertThat(Comparison.of(before, now, CompareRules.CUSTOMARY).verdict().reason())
                .contains("carried 45.0/s and does not say what was offered");
    }
}
