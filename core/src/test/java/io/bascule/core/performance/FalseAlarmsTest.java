package io.bascule.core.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Verdict;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the comparison is worth: how often it cries wolf, and how often it sleeps. 60 seconds at 100 requests each. */
class FalseAlarmsTest {
    private static final int PAIRS = 200;
    private static final long SEED = 815;

    @Test
    void equal_runs_on_one_schedule_fail_in_at_most_one_of_twenty() {
        Outcome outcome = pairs(true, 0.10, 1);
        tell("paired, noise 10 %, equal", outcome);
        assertThat(outcome.failed()).isLessThanOrEqualTo(0.05);
        assertThat(outcome.passed()).isGreaterThan(0.9);
    }

    @Test
    void equal_runs_one_after_the_other_fail_in_at_most_one_of_twenty() {
        for (double noise : new double[] {0.05, 0.10}) {
            Outcome outcome = pairs(false, noise, 1);
            tell("one after the other, noise " + Math.round(100 * noise) + " %, equal", outcome);
            assertThat(outcome.failed()).isLessThanOrEqualTo(0.05);
        }
    }

    @Test
    void a_delay_of_a_fifth_is_found_in_nineteen_of_twenty() {
        Outcome paired = pairs(true, 0.10, 1.2);
        tell("paired, noise 10 %, +20 %", paired);
        assertThat(paired.failed()).isGreaterThanOrEqualTo(0.95);
        Outcome apart = pairs(false, 0.05, 1.2);
        tell("one after the other, noise 5 %, +20 %", apart);
        assertThat(apart.failed()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void a_harmless_three_percent_is_no_failure_however_well_it_is_proved() {
        Outcome outcome = pairs(true, 0.10, 1.03);
        tell("paired, noise 10 %, +3 %", outcome);
        assertThat(outcome.failed()).isLessThanOrEqualTo(0.05);
    }

    private record Outcome(double failed, double passed) {}

    private static void tell(String what, Outcome outcome) {
        System.out.printf(
                "comparison, seed %d: %s: %.1f %% FAIL, %.1f %% PASS of %d pairs%n",
                SEED, what, 100 * outcome.failed(), 100 * outcome.passed(), PAIRS);
    }

    private static Outcome pairs(boolean paired, double noise, double slower) {
        List<Verdict> verdicts = IntStream.range(0, PAIRS)
                .parallel()
                .mapToObj(pair -> verdict(pair, paired, noise, slower))
                .toList();
        return new Outcome(share(verdicts, Verdict.Fail.class::isInstance), share(verdicts, Verdict::passed));
    }

    private static Verdict verdict(int pair, boolean paired, double noise, double slower) {
        Runs runs = new Runs(SEED + pair, 60, 100, noise);
        double[] weather = runs.weather();
        Measured baseline = runs.run("source", 40, 0, weather);
        Measured current = runs.run("target", 40 * slower, 0, paired ? weather : runs.weather());
        return Comparison.of(
                        paired ? Runs.onSchedule(baseline, "one") : baseline,
                        paired ? Runs.onSchedule(current, "one") : current,
                        CompareRules.CUSTOMARY)
                .rows()
                .stream()
                .filter(Row::decides)
                .filter(row -> row.measure().isLatency())
                .map(Row::verdict)
                .reduce(Verdicts::worse)
                .orElseThrow();
    }

    private static double share(List<Verdict> verdicts, Predicate<Verdict> what) {
        return verdicts.stream().filter(what).count() / (double) verdicts.size();
    }
}
