package io.bascule.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Sample;
import io.bascule.core.port.Verdict;
import io.bascule.core.sim.SimPlans;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shop's rule: errors at most 1 %, p95 at most 800 ms and at most 1.5 x source + 50 ms. */
class JudgeTest {
    private static final CutoverPlan SHOP = SimPlans.dataFirst();
    private static final Map<String, Double> BASELINE = Map.of("errors", 0.0, "p95", 60.0);

    private static Sample value(double value) {
        return new Sample.Value(value, 1000);
    }

    private static Samples samples(Sample errors, Sample targetP95, Sample sourceP95) {
        Samples samples = new Samples();
        samples.put("errors", Side.TARGET, errors);
        samples.put("p95", Side.TARGET, targetP95);
        samples.put("p95", Side.SOURCE, sourceP95);
        return samples;
    }

    private static Verdict judge(Samples samples) {
        return Judge.window(SHOP, samples, BASELINE, Side.TARGET, false, 20);
    }

    @Test
    void a_value_equal_to_its_bound_passes() {
        assertThat(judge(samples(value(0.01), value(140), value(60)))).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void a_value_just_past_its_bound_fails_and_says_so() {
        Verdict verdict = judge(samples(value(0.0101), value(60), value(60)));

        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.reason()).isEqualTo("target errors 0.0101, bound errors <= 1%");
    }

    @Test
    void a_comparison_names_the_side_it_is_made_with() {
        Verdict verdict = judge(samples(value(0), value(141), value(60)));

        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.reason()).contains("by source");
    }

    @Test
    void a_declared_absence_is_zero_once_there_were_requests_enough() {
        assertThat(judge(samples(new Sample.Absent(50), value(60), value(60)))).isInstanceOf(Verdict.Pass.class);
        assertThat(judge(samples(new Sample.Absent(49), value(60), value(60))))
                .isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void an_undeclared_absence_is_no_data() {
        assertThat(judge(samples(value(0), new Sample.Absent(500), value(60)))).isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void a_dead_source_of_metrics_is_no_data() {
        assertThat(judge(samples(new Sample.Failed("down"), value(60), value(60))))
                .isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void no_requests_at_all_are_inconclusive() {
        assertThat(judge(samples(value(0), new Sample.Absent(0), value(60)))).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void a_side_with_few_requests_is_replaced_by_the_baseline() {
        Samples samples = samples(value(0), value(141), new Sample.Value(500, 19));

        assertThat(judge(samples).reason()).contains("by the baseline");
    }

    @Test
    void a_side_with_just_enough_requests_is_compared_with() {
        Samples samples = samples(value(0), value(141), new Sample.Value(60, 20));

        assertThat(judge(samples).reason()).contains("by source");
    }

    @Test
    void a_comparison_whose_other_side_cannot_be_read_is_no_data() {
        Verdict verdict = judge(samples(value(0), value(60), new Sample.Failed("down")));

        assertThat(verdict).isInstanceOf(Verdict.NoData.class);
        assertThat(verdict.reason()).contains("p95 at source", "down");
    }

    @Test
    void both_sides_worse_than_the_baseline_do_not_pass() {
        Verdict verdict = judge(samples(value(0), value(400), value(400)));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason()).contains("both sides are worse");
    }

    @Test
    void neither_the_other_side_nor_a_baseline_is_no_data() {
        Samples samples = samples(value(0), value(60), new Sample.Absent(0));

        assertThat(Judge.window(SHOP, samples, Map.of(), Side.TARGET, false, 20))
                .isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void a_failure_outranks_missing_data() {
        assertThat(judge(samples(value(0.5), new Sample.Failed("down"), value(60))))
                .isInstanceOf(Verdict.Fail.class);
    }
}
