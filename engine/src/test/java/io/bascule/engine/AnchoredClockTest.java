package io.bascule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnchoredClockTest {
    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(77);
    private final AnchoredClock clock = new AnchoredClock(wall::get, nanos::get);

    private long now() {
        return clock.now().toEpochMilli();
    }

    private void pass(long millis) {
        wall.addAndGet(millis);
        nanos.addAndGet(millis * 1_000_000);
    }

    @Test
    void it_counts_by_the_monotonic_clock_and_ignores_small_differences() {
        pass(5_000);
        wall.addAndGet(900);
        assertThat(clock.compare()).isEqualTo(AnchoredClock.Wall.TOGETHER);
        assertThat(now()).isEqualTo(1_005_000);
    }

    @Test
    void a_jump_forward_is_followed_at_once_and_told_once() {
        wall.addAndGet(60_000);
        assertThat(clock.compare()).isEqualTo(AnchoredClock.Wall.JUMPED_FORWARD);
        assertThat(clock.compare()).isEqualTo(AnchoredClock.Wall.TOGETHER);
        assertThat(now()).isEqualTo(1_060_000);
    }

    @Test
    void after_a_jump_back_it_runs_at_half_speed_until_the_wall_has_caught_up() {
        wall.addAndGet(-60_000);
        assertThat(clock.compare()).isEqualTo(AnchoredClock.Wall.JUMPED_BACK);
        assertThat(now()).isEqualTo(1_000_000);
        pass(40_000);
        assertThat(clock.compare()).isEqualTo(AnchoredClock.Wall.TOGETHER);
        assertThat(now()).isEqualTo(1_020_000);
        pass(80_000);
        assertThat(clock.compare()).isEqualTo(AnchoredClock.Wall.TOGETHER);
        assertThat(now()).isEqualTo(wall.get());
        pass(1_000);
        assertThat(now()).isEqualTo(wall.get());
    }

    @Test
    void a_jump_back_that_is_undone_is_a_jump_forward_of_nothing() {
        wall.addAndGet(-60_000);
        clock.compare();
        wall.addAndGet(60_000);
        assertThat(clock.compare()).isEqualTo(AnchoredClock.Wall.TOGETHER);
        pass(1_000);
        assertThat(now()).isEqualTo(1_001_000);
    }
}
