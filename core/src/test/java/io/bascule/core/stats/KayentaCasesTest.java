package io.bascule.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * The cases that Kayenta publishes for its Mann-Whitney test. Its expected bounds come from a numerical search for the
 * roots of a step function, as R's do, whose tolerance is 1e-4; ours are the steps themselves.
 */
class KayentaCasesTest {
    private static final double SEARCH = 1.5e-4;
    private static final Vectors CASES = Vectors.read("kayenta.json");

    @Test
    void shifts_and_their_intervals() {
        for (Vectors each : CASES.all("shifts")) {
            HodgesLehmann ours =
                    HodgesLehmann.of(each.numbers("first"), each.numbers("second"), each.number("confidence"));
            String name = each.text("name");
            assertThat(ours.interval().low()).as(name).isCloseTo(each.number("low"), within(SEARCH));
            assertThat(ours.interval().high()).as(name).isCloseTo(each.number("high"), within(SEARCH));
            assertThat(ours.shift()).as(name).isCloseTo(each.number("shift"), within(SEARCH));
        }
    }

    @Test
    void standardised_statistics_at_given_shifts() {
        for (Vectors each : CASES.all("z")) {
            for (double[] at : each.pairs("at")) {
                double ours = MannWhitney.z(each.numbers("first"), each.numbers("second"), at[0]);
                assertThat(ours).as(each.text("name")).isCloseTo(at[1], within(1e-6));
            }
        }
    }

    @Test
    void labels_follow_from_the_sign_of_the_interval() {
        for (Vectors each : CASES.all("labels")) {
            Interval interval = HodgesLehmann.of(each.numbers("first"), each.numbers("second"), 0.95)
                    .interval();
            String label = each.text("label");
            boolean high = interval.low() > 0;
            boolean low = interval.high() < 0;
            if (label.equals("High") && each.numbers("first").length > 100) {
                // in most seconds nothing failed on either side: the shift is 0, and only the test sees the difference
                assertThat(MannWhitney.of(each.numbers("first"), each.numbers("second"))
                                .larger())
                        .isLessThan(0.025);
            } else {
                assertThat(high).as(each.text("name")).isEqualTo(label.equals("High"));
                assertThat(low).as(each.text("name")).isEqualTo(label.equals("Low"));
            }
        }
    }
}
