package io.bascule.app.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsTest {
    @Test
    void the_longest_time_between_two_successes_counts() {
        Gaps gaps = new Gaps();
        gaps.success(0);
        gaps.success(20_000_000);
        gaps.success(120_000_000);
        gaps.success(130_000_000);
        assertThat(gaps.longestMillis()).isEqualTo(100.0);
    }

    @Test
    void one_success_is_no_gap() {
        Gaps gaps = new Gaps();
        gaps.success(5_000_000);
        assertThat(gaps.longestMillis()).isZero();
    }
}
