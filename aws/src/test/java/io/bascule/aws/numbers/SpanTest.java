package io.bascule.aws.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DELAY = Duration.ofMinutes(2);

    private static Optional<Span> read(int from, int to, Instant notBefore) {
        return new Span(NOON.plusSeconds(from), NOON.plusSeconds(to), notBefore).read(DELAY, MINUTE);
    }

    private static Optional<Span> span(int from, int to, Instant notBefore) {
        return Optional.of(new Span(NOON.plusSeconds(from), NOON.plusSeconds(to), notBefore));
    }

    @Test
    void a_window_is_read_as_much_earlier_as_data_is_late_in_whole_periods() {
        assertThat(read(0, 300, Instant.EPOCH)).isEqualTo(span(-120, 180, Instant.EPOCH));
        assertThat(read(30, 310, Instant.EPOCH)).isEqualTo(span(-120, 180, Instant.EPOCH));
    }

    @Test
    void windows_that_follow_each_other_share_no_period_and_leave_none_out() {
        Instant end = NOON.minus(DELAY);
        for (int step = 7; step < 500; step += 7) {
            Optional<Span> next = read(step - 7, step, Instant.EPOCH);
            if (next.isPresent()) {
                assertThat(next.get().from()).isEqualTo(end);
                end = next.get().to();
            }
        }
        assertThat(end).isEqualTo(NOON.plusSeconds(360));
    }

    @Test
    void what_passed_before_the_weights_changed_says_nothing() {
        Instant changed = NOON.plusSeconds(65);
        assertThat(read(0, 300, changed)).isEqualTo(span(120, 180, changed));
        assertThat(read(0, 200, changed)).isEmpty();
    }

    @Test
    void a_window_shorter_than_a_period_has_no_data() {
        assertThat(read(10, 20, Instant.EPOCH)).isEmpty();
    }
}
