package io.bascule.aws.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void work_that_goes_forward_leaves_the_reserve_to_ways_back() {
        Allowance allowance = new Allowance(10, 4, 2);
        int forward = 0;
        while (allowance.take(false, NOW)) {
            forward++;
        }
        int back = 0;
        while (allowance.take(true, NOW)) {
            back++;
        }
        assertThat(forward).isEqualTo(6);
        assertThat(back).isEqualTo(4);
    }

    @Test
    void it_fills_again_at_its_rate_and_no_higher_than_it_was() {
        Allowance allowance = new Allowance(2, 0, 2);
        assertThat(allowance.take(false, NOW)).isTrue();
        assertThat(allowance.take(false, NOW)).isTrue();
        assertThat(allowance.take(false, NOW)).isFalse();
        assertThat(allowance.take(false, NOW.plusMillis(500))).isTrue();
        Instant later = NOW.plusSeconds(3600);
        assertThat(allowance.take(false, later)).isTrue();
        assertThat(allowance.take(false, later)).isTrue();
        assertThat(allowance.take(false, later)).isFalse();
    }

    @Test
    void a_token_tells_its_direction() {
        assertThat(Allowance.isWayBack("run/disarm/restore traffic:name/back/1"))
                .isTrue();
        assertThat(Allowance.isWayBack("run/shift/name 10%/forward/1")).isFalse();
    }
}
