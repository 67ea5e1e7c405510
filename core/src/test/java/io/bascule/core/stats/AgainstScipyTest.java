package io.bascule.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Every figure against an independent implementation; {@code vectors.py} made the file. */
class AgainstScipyTest {
    private static final Vectors VECTORS = Vectors.read("vectors.json");

    @Test
    void mann_whitney_exact_and_asymptotic_with_and_without_ties() {
        for (Vectors each : VECTORS.all("mannWhitney")) {
            double[] first = each.numbers("first");
            double[] second = each.numbers("second");
            boolean exact = each.text("method").equals("exact");
            MannWhitney ours = exact ? MannWhitney.of(first, second) : MannWhitney.approximate(first, second);
            assertThat(ours.exact()).isEqualTo(exact);
            assertThat(ours.u()).isEqualTo(each.number("u"));
            near(ours.larger(), each.number("larger"), each.text("how"));
            near(ours.smaller(), each.number("smaller"), each.text("how"));
            if (each.has("twoSided")) {
                near(ours.twoSided(), each.number("twoSided"), each.text("how"));
            }
        }
    }

    @Test
    void hodges_and_lehmann_by_brute_force() {
        for (Vectors each : VECTORS.all("hodgesLehmann")) {
            HodgesLehmann ours =
                    HodgesLehmann.of(each.numbers("first"), each.numbers("second"), each.number("confidence"));
            near(ours.shift(), each.number("shift"), "shift");
            near(ours.interval().low(), each.number("low"), "low");
            near(ours.interval().high(), each.number("high"), "high");
        }
    }

    @Test
    void wilson_and_clopper_pearson() {
        for (Vectors each : VECTORS.all("proportions")) {
            long events = (long) each.number("events");
            long trials = (long) each.number("trials");
            same(Proportions.wilson(events, trials, each.number("confidence")), each.numbers("wilson"));
            same(Proportions.exact(events, trials, each.number("confidence")), each.numbers("exact"));
        }
    }

    @Test
    void fisher_mid_p() {
        for (Vectors each : VECTORS.all("fisher")) {
            double ours = Proportions.larger(
                    (long) each.number("events"),
                    (long) each.number("trials"),
                    (long) each.number("otherEvents"),
                    (long) each.number("otherTrials"));
            assertThat(ours).isCloseTo(each.number("larger"), within(1e-8));
        }
    }

    @Test
    void ranks_around_percentiles() {
        for (Vectors each : VECTORS.all("ranks")) {
            var ours = OrderStatistics.ranks((long) each.number("values"), each.number("share"), 0.95);
            assertThat(ours).contains(new OrderStatistics.Ranks((long) each.number("low"), (long) each.number("high")));
        }
    }

    @Test
    void normal_distribution_far_into_its_tails() {
        for (Vectors each : VECTORS.all("normal")) {
            double z = each.number("z");
            near(Normal.below(z), each.number("below"), "below " + z);
            near(Normal.above(z), each.number("above"), "above " + z);
        }
        assertThat(Normal.twoSided(0.95)).isCloseTo(1.9599639845400536, within(1e-12));
        assertThat(Normal.quantile(0.01)).isCloseTo(-2.326348, within(1e-6));
    }

    private static void same(Interval ours, double[] theirs) {
        Offset<Double> near = within(1e-10);
        assertThat(ours.low()).isCloseTo(theirs[0], near);
        assertThat(ours.high()).isCloseTo(theirs[1], near);
    }

    private static void near(double ours, double theirs, String what) {
        assertThat(ours).as(what).isCloseTo(theirs, within(Math.max(1e-300, Math.abs(theirs) * 1e-9)));
    }
}
