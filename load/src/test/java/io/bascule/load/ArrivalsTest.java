package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bascule.load.Arrivals.Closed;
import io.bascule.load.Arrivals.Recorded;
import io.bascule.load.Arrivals.Stage;
import io.bascule.load.Arrivals.Stages;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Duration TEN = Duration.ofSeconds(10);

    @Test
    void arrivals_follow_the_closed_form_without_drift() {
        var due = Arrivals.constant(3).due();
        assertThat(due.nextLong()).isZero();
        assertThat(due.nextLong()).isEqualTo(333_333_333L);
        for (int i = 2; i < 3_000_000; i++) {
            due.nextLong();
        }
        assertThat(due.nextLong()).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void a_duration_holds_exactly_the_arrivals_due_before_its_end() {
        for (double perSecond : new double[] {0.1, 1, 3, 7.7, 500, 33_333.3}) {
            for (long nanos : new long[] {1, 999_999_999, 1_000_000_000, 7_123_456_789L}) {
                List<Long> all = all(Arrivals.constant(perSecond).lasting(Duration.ofNanos(nanos)));
                assertThat(all).isSorted().allMatch(due -> due < nanos);
                long next = (long) (all.size() * 1e9 / perSecond);
                assertThat(next).as("%s/s for %s ns", perSecond, nanos).isGreaterThanOrEqualTo(nanos - 1);
            }
        }
    }

    @Test
    void a_ramp_from_nothing_has_the_area_below_the_line() {
        List<Long> all = all(new Stages(List.of(new Stage(0, 200, TEN)), null));
        assertThat(all).hasSize(1_000).isSorted();
        assertThat(all.stream().filter(due -> due < 5_000_000_000L))
                .as("a quarter in the first half")
                .hasSize(250);
        assertThat(all.get(250)).isEqualTo(5_000_000_000L);
    }

    @Test
    void stages_follow_each_other_without_a_gap() {
        var stages = new Stages(
                List.of(
                        new Stage(10, 100, TEN),
                        new Stage(100, 100, TEN),
                        new Stage(0, 0, TEN),
                        new Stage(100, 50, TEN)),
                null);
        List<Long> all = all(stages);
        assertThat(all).hasSize(550 + 1_000 + 750).isSorted();
        assertThat(all).noneMatch(due -> due > 20_000_000_000L && due < 30_000_000_000L);
        assertThat(stages.lasts()).isEqualTo(Duration.ofSeconds(40));
        assertThat(stages.perSecond()).isCloseTo(2_300 / 40.0, within(1e-9));
    }

    @Test
    void random_gaps_are_those_of_a_poisson_process_and_the_same_for_the_same_seed() {
        var process = new Stages(List.of(new Stage(1_000, 1_000, TEN)), 42L);
        List<Long> all = all(process);
        assertThat(all(process)).isEqualTo(all);
        assertThat(all(new Stages(process.stages(), 43L))).isNotEqualTo(all);
        assertThat(all.size()).as("10,000 give or take four deviations").isBetween(9_600, 10_400);
        double[] gaps = new double[all.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = all.get(i + 1) - all.get(i);
        }
        double mean = java.util.Arrays.stream(gaps).average().orElseThrow();
        double variance = java.util.Arrays.stream(gaps)
                .map(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElseThrow();
        assertThat(Math.sqrt(variance) / mean)
                .as("an exponential's deviation is its mean")
                .isCloseTo(1, within(0.05));
    }

    @Test
    void several_generators_share_a_schedule_exactly() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            Arrivals arrivals = some(random);
            int generators = 1 + random.nextInt(4);
            int loops = 1 + random.nextInt(3);
            var start = new RunStart(1_000, java.time.Instant.EPOCH);
            var taken = new TreeMap<Long, Long>();
            for (int generator = 0; generator < generators; generator++) {
                var profile = LoadProfile.of(URI.create("http://127.0.0.1:1/"), arrivals)
                        .withEventLoops(loops)
                        .part(new Share(generator, generators));
                for (int loop = 0; loop < loops; loop++) {
                    var pace = new Pace(profile, start, loop);
                    while (!pace.over()) {
                        long due = pace.nextNanos() - start.nanos();
                        assertThat(taken.put(pace.pickUp(0), due))
                                .as("taken twice, seed " + seed)
                                .isNull();
                    }
                }
            }
            List<Long> whole = all(arrivals);
            assertThat(new ArrayList<>(taken.values())).as("seed " + seed).isEqualTo(whole);
            assertThat(taken.keySet().stream().mapToLong(Long::longValue).max().orElse(-1))
                    .isEqualTo(whole.size() - 1);
        }
    }

    @Test
    void the_parts_of_a_rate_add_up_to_it() {
        var profile = LoadProfile.of(URI.create("http://127.0.0.1:1/"), 100);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += java.util.Objects.requireNonNull(
                    profile.part(new Share(i, 3)).offeredPerSecond());
        }
        assertThat(sum).isCloseTo(100, within(1e-9));
    }

    @Test
    void a_warm_up_comes_before_at_the_first_rate() {
        List<Long> all = all(Arrivals.constant(10).lasting(TEN).after(Duration.ofSeconds(2)));
        assertThat(all).hasSize(120);
        assertThat(all.get(20)).isEqualTo(2_000_000_000L);
    }

    @Test
    void what_has_no_meaning_is_refused() {
        assertThatThrownBy(() -> new Stage(-1, 1, TEN)).hasMessageContaining("rate");
        assertThatThrownBy(() -> new Stage(1, 100_001, TEN)).hasMessageContaining("100000");
        assertThatThrownBy(() -> new Stage(1, 2, null)).hasMessageContaining("endless");
        assertThatThrownBy(() -> new Stages(List.of(), null)).hasMessageContaining("stage");
        assertThatThrownBy(() -> new Recorded(List.of(2L, 1L))).hasMessageContaining("out of order");
        assertThatThrownBy(() -> new Closed(0, Duration.ZERO, null)).hasMessageContaining("users");
        assertThatThrownBy(() -> new Share(2, 2)).hasMessageContaining("no part");
    }

    private static Arrivals some(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Arrivals.constant(1 + random.nextInt(500)).lasting(Duration.ofSeconds(2));
            case 1 ->
                new Stages(
                        List.of(
                                new Stage(random.nextInt(100), 1 + random.nextInt(400), Duration.ofSeconds(1)),
                                new Stage(50, 50, Duration.ofSeconds(1))),
                        random.nextLong());
            default ->
                new Recorded(
                        random.longs(200, 0, 1_000_000_000L).sorted().boxed().toList());
        };
    }

    private static List<Long> all(Arrivals arrivals) {
        var all = new ArrayList<Long>();
        PrimitiveIterator.OfLong due = arrivals.due();
        while (due.hasNext()) {
            all.add(due.nextLong());
        }
        return all;
    }
}
