package io.bascule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTimesTest {
    @Test
    void it_waits_longer_and_longer_and_gives_up_at_the_promises_end() {
        RetryTimes times = new RetryTimes(Duration.ofMinutes(6), new Random(1));
        List<Long> expected = List.of(2L, 10L, 30L, 60L, 120L, 120L);
        for (int i = 0; i < expected.size(); i++) {
            double seconds = times.after(i + 1).orElseThrow().toMillis() / 1e3;
            assertThat(seconds).isBetween(expected.get(i) * 0.8, expected.get(i) * 1.2);
        }
        assertThat(times.after(7)).isEmpty();
    }

    @Test
    void a_short_promise_is_one_attempt() {
        RetryTimes times = new RetryTimes(Duration.ofSeconds(1), new Random(1));
        assertThat(IntStream.range(1, 4).mapToObj(times::after)).allMatch(after -> after.isEmpty());
    }
}
