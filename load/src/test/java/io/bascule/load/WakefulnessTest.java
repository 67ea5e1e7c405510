package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class WakefulnessTest {

    private static final long GAP = 1_000_000;

    private final Wakefulness wakefulness = new Wakefulness();
    private long due = GAP;

    @Test
    void it_begins_with_what_the_slowest_machine_takes() {
        assertThat(awakeFor(GAP)).isEqualTo(60_000);
    }

    @Test
    void where_waking_is_quick_it_sleeps_longer_and_never_to_the_very_end() {
        wake(20_000, _ -> 1_000);
        assertThat(awakeFor(GAP)).isEqualTo(5_000);
    }

    @Test
    void where_waking_is_slow_it_stays_awake_but_not_for_ever() {
        wake(20_000, _ -> 1_000);
        wake(20_000, _ -> 5_000_000);
        assertThat(awakeFor(GAP)).isEqualTo(60_000);
    }

    @Test
    void nine_wakings_in_ten_are_in_time() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        wake(50_000, _ -> random.nextLong(40_000));
        assertThat(awakeFor(GAP)).isBetween(30_000L, 41_000L);
    }

    @Test
    void staying_awake_teaches_nothing() {
        wakefulness.awake(1_000_000_000);
        wakefulness.awake(2_000_000_000);
        assertThat(awakeFor(GAP)).isEqualTo(60_000);
    }

    @Test
    void at_a_high_rate_it_is_awake_for_a_third_of_the_time_at_most_however_often_it_asks() {
        awakeFor(GAP);
        assertThat(awakeFor(30_000)).isEqualTo(10_000);
        assertThat(due - wakefulness.wakeFor(due)).isEqualTo(10_000);
    }

    private long awakeFor(long gap) {
        due += gap;
        return due - wakefulness.wakeFor(due);
    }

    private void wake(int times, LongUnaryOperator takes) {
        for (int i = 0; i < times; i++) {
            due += GAP;
            long at = wakefulness.wakeFor(due);
            wakefulness.sleeps(at);
            wakefulness.awake(at + takes.applyAsLong(i));
        }
    }
}
