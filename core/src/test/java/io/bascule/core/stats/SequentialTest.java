package io.bascule.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Looking again and again: 60 looks in half an hour at 50 requests a second, the share in stages. */
class SequentialTest {
    private static final int LOOKS = 60;
    private static final int REQUESTS = 1_500;
    private static final double[] STAGES = {0.1, 0.25, 0.5};
    private static final long SEED = 4_711;

    @Test
    void at_most_one_false_alarm_in_twenty_over_sixty_looks() {
        for (double rate : new double[] {0.0005, 0.001, 0.01, 0.1}) {
            int runs = 4_000;
            double alarms = alarms(runs, rate, rate);
            System.out.printf(
                    "sequential, seed %d: errors %.2f %% on both sides: %.1f %% of %d runs alarmed%n",
                    SEED, 100 * rate, 100 * alarms, runs);
            assertThat(alarms).isLessThanOrEqualTo(0.05);
        }
    }

    @Test
    void five_times_the_errors_are_found() {
        double found = alarms(1_000, 0.001, 0.005);
        System.out.printf("sequential, seed %d: 0.1 %% against 0.5 %%: found in %.1f %%%n", SEED, 100 * found);
        assertThat(found).isGreaterThan(0.99);
    }

    /** The same looks with the customary test at 5 % each: what must not be done. */
    @Test
    void a_test_repeated_at_every_look_would_alarm_far_too_often() {
        SplittableRandom random = new SplittableRandom(SEED);
        int alarmed = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            long failed = 0;
            long other = 0;
            boolean alarm = false;
            for (int look = 1; look <= LOOKS; look++) {
                failed += failures(random, REQUESTS / 2, 0.01);
                other += failures(random, REQUESTS / 2, 0.01);
                long each = (long) look * REQUESTS / 2;
                alarm |= Proportions.larger(failed, each, other, each) < 0.05;
            }
            alarmed += alarm ? 1 : 0;
        }
        assertThat(alarmed / (double) runs).isGreaterThan(0.15);
    }

    @Test
    void a_look_without_traffic_on_one_side_says_nothing() {
        SideTest test = SideTest.begin().look(0.5, 3, 1);
        assertThat(test.look(0, 0, 50).evidence()).isEqualTo(test.evidence());
        assertThat(test.look(1, 50, 0).evidence()).isEqualTo(test.evidence());
    }

    private static double alarms(int runs, double source, double target) {
        SplittableRandom random = new SplittableRandom(SEED);
        int alarmed = 0;
        for (int run = 0; run < runs; run++) {
            alarmed += alarms(random, source, target) ? 1 : 0;
        }
        return alarmed / (double) runs;
    }

    private static boolean alarms(SplittableRandom random, double source, double target) {
        SideTest test = SideTest.begin();
        for (int look = 0; look < LOOKS; look++) {
            int there = (int) (REQUESTS * STAGES[look * STAGES.length / LOOKS]);
            test = test.look(
                    there / (double) REQUESTS,
                    failures(random, there, target),
                    failures(random, REQUESTS - there, source));
            if (test.alarms(0.05)) {
                return true;
            }
        }
        return false;
    }

    private static long failures(SplittableRandom random, int requests, double rate) {
        long failed = 0;
        for (double at = -Math.log1p(-random.nextDouble()) / -Math.log1p(-rate); at < requests; ) {
            failed++;
            at = Math.floor(at) + 1 - Math.log1p(-random.nextDouble()) / -Math.log1p(-rate);
        }
        return failed;
    }
}
