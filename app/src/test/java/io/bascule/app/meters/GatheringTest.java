package io.bascule.app.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Deadline;
import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.At;
import io.bascule.core.port.MeterReading.Failed;
import io.bascule.core.port.MeterReading.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Waiting for figures that come late, by a clock of the test's own: nothing here takes time. */
class GatheringTest {
    private static final Instant FROM = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant TO = FROM.plusSeconds(300);
    private static final Duration DELAY = Duration.ofMinutes(3);

    private Instant now = TO;
    private boolean enough;
    private final List<String> progress = new ArrayList<>();
    private final Gathering gathering = new Gathering(
            () -> now,
            atMost -> {
                assertThat(atMost).isPositive().isLessThanOrEqualTo(Gathering.BETWEEN);
                now = now.plus(atMost);
                return !enough;
            },
            progress::add);

    /** Tells so many of five minutes after so many seconds; may fail until then, or change what it has told. */
    private final class Late implements Meter {
        private final List<Integer> told;
        private final Duration delay;
        private int failures;
        private boolean again = true;
        private int asked;

        Late(Duration delay, Integer... told) {
            this.delay = delay;
            this.told = List.of(told);
        }

        @Override
        public MeterReading read(Instant from, Instant to, Deadline deadline) {
            assertThat(deadline.left(now)).isPositive();
            asked++;
            if (asked <= failures) {
                return new Failed("busy", again);
            }
            return samples(told.get(Math.min(asked - failures, told.size()) - 1));
        }

        @Override
        public Duration delay() {
            return delay;
        }

        @Override
        public Scale scale() {
            return Scale.PERCENT;
        }

        @Override
        public String about() {
            return "late";
        }

        @Override
        public void close() {}
    }

    private static Told samples(int count) {
        return new Told(
                IntStream.range(0, count)
                        .mapToObj(i -> new At(FROM.plusSeconds(60L * i), i))
                        .toList(),
                5 - count);
    }

    private MeterReading gather(Meter meter) throws InterruptedException {
        return Objects.requireNonNull(
                gathering.gather(Map.of("cpu", meter), FROM, TO).get("cpu"));
    }

    @Test
    void what_is_long_over_is_asked_for_once() throws Exception {
        now = TO.plus(DELAY);
        Late meter = new Late(DELAY, 4);
        assertThat(gather(meter)).isEqualTo(samples(4));
        assertThat(meter.asked).isEqualTo(1);
        assertThat(progress).isEmpty();
    }

    @Test
    void figures_that_come_late_are_waited_for_until_they_are_whole_and_do_not_change() throws Exception {
        Late meter = new Late(DELAY, 0, 3, 3, 5, 5);
        assertThat(gather(meter)).isEqualTo(samples(5));
        assertThat(meter.asked).isEqualTo(5);
        assertThat(now).isBefore(TO.plus(DELAY));
        assertThat(progress.getFirst()).isEqualTo("waiting for figures, 180 s at most: cpu 0 of 5 samples");
    }

    @Test
    void what_has_not_come_when_the_delay_is_over_is_missing() throws Exception {
        Late meter = new Late(DELAY, 0, 3);
        assertThat(gather(meter)).isEqualTo(samples(3));
        assertThat(now).isEqualTo(TO.plus(DELAY));
    }

    @Test
    void one_that_cannot_be_asked_just_now_is_asked_again_and_given_up_in_the_end() throws Exception {
        Late busy = new Late(Duration.ZERO, 5);
        busy.failures = 3;
        assertThat(gather(busy)).isEqualTo(samples(5));
        Late never = new Late(Duration.ZERO, 5);
        never.failures = Integer.MAX_VALUE;
        Instant begun = now;
        assertThat(gather(never)).isEqualTo(new Failed("busy", true));
        assertThat(Duration.between(begun, now)).isEqualTo(Gathering.GRACE);
        assertThat(progress.getLast()).contains("cpu (busy)");
    }

    @Test
    void one_that_will_never_answer_is_not_waited_for() throws Exception {
        Late denied = new Late(DELAY, 5);
        denied.failures = 1;
        denied.again = false;
        assertThat(gather(denied)).isEqualTo(new Failed("busy", false));
        assertThat(denied.asked).isEqualTo(1);
        assertThat(now).isEqualTo(TO);
    }

    @Test
    void whoever_has_waited_enough_gets_what_there_is() throws Exception {
        enough = true;
        assertThat(gather(new Late(DELAY, 2, 5))).isEqualTo(samples(2));
    }

    @Test
    void one_that_is_through_is_not_asked_again_because_of_another() throws Exception {
        Late quick = new Late(Duration.ZERO, 5);
        Late slow = new Late(DELAY, 1);
        assertThat(gathering.gather(Map.of("cpu", quick, "memory", slow), FROM, TO))
                .containsEntry("cpu", samples(5))
                .containsEntry("memory", samples(1));
        assertThat(quick.asked).isEqualTo(1);
    }
}
