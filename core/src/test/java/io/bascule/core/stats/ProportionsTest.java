package io.bascule.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionsTest {
    @ParameterizedTest(name = "{0}/{1} less {2}/{3}")
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "10, 10, 0, 20, 0.6791, 1.0000"
    })
    void newcombes_own_examples(long events, long trials, long other, long of, double low, double high) {
        Interval ours = Proportions.difference(events, trials, other, of, 0.95);
        assertThat(ours.low()).isCloseTo(low, within(5e-5));
        assertThat(ours.high()).isCloseTo(high, within(5e-5));
    }

    @ParameterizedTest(name = "{0} with {1} failures: {2}")
    @CsvSource({
        "0.99, 0, 299",
        "0.999, 0, 2995",
        "0.9999, 0, 29956",
        "0.999, 1, 4742",
        "0.999, 3, 7752",
        "0.999, 5, 10511"
    })
    void trials_that_prove_a_success_rate(double success, long failures, long trials) {
        assertThat(Proportions.trialsToProve(success, failures, 0.95)).isEqualTo(trials);
    }

    @ParameterizedTest(name = "p{0}: {1}")
    @CsvSource({"0.5, 6", "0.9, 36", "0.95, 72", "0.99, 368", "0.999, 3688"})
    void fewest_values_of_a_percentile(double share, long fewest) {
        assertThat(OrderStatistics.fewest(share, 0.95)).isEqualTo(fewest);
        assertThat(OrderStatistics.ranks(fewest, share, 0.95)).isPresent();
        assertThat(OrderStatistics.ranks(fewest - 1, share, 0.95)).isEmpty();
    }

    @Test
    void holm_corrects_from_the_smallest_up() {
        assertThat(Holm.adjusted(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
    }
}
