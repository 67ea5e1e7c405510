package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadResultTest {

    private static final URI TARGET = URI.create("http://127.0.0.1:1/");

    @Test
    void merged_parts_equal_the_whole_whatever_the_order() {
        var random = new Random(7);
        var whole = LatencyHistogram.plain();
        LatencyHistogram[] parts = {LatencyHistogram.EMPTY, LatencyHistogram.EMPTY, LatencyHistogram.EMPTY};
        for (int i = 0; i < 600; i++) {
            long nanos = (long) Math.exp(random.nextDouble() * 26);
            LatencyHistogram.record(whole, nanos);
            var one = i % 2 == 0 ? LatencyHistogram.plain() : LatencyHistogram.packed();
            LatencyHistogram.record(one, nanos);
            parts[i % 3] = parts[i % 3].add(new LatencyHistogram(one));
        }
        var expected = new LatencyHistogram(whole);
        assertThat(parts[0].add(parts[1]).add(parts[2])).isEqualTo(expected);
        assertThat(parts[2].add(parts[0].add(parts[1])).percentiles()).isEqualTo(expected.percentiles());
        assertThat(parts[0].count()).as("adding leaves the parts alone").isEqualTo(200);
    }

    @Test
    void results_of_one_load_add_up() {
        LoadResult sum = result(100, 99, Map.of(ErrorKind.RESET, 2L), 1, 5)
                .add(result(50, 50, Map.of(ErrorKind.RESET, 1L, ErrorKind.HTTP_5XX, 4L), 2, 7));
        assertThat(sum.offeredPerSecond()).isEqualTo(150);
        assertThat(sum.achievedPerSecond()).isEqualTo(149);
        assertThat(sum.errors()).isEqualTo(Map.of(ErrorKind.RESET, 3L, ErrorKind.HTTP_5XX, 4L));
        assertThat(sum.failed()).isEqualTo(7);
        assertThat(sum.abandoned()).isEqualTo(3);
        assertThat(sum.requests()).isEqualTo(12);
        assertThat(sum.response().count()).isEqualTo(12);
        var other = new LoadResult(
                URI.create("http://127.0.0.1:2/"),
                1.0,
                null,
                Duration.ZERO,
                0,
                0,
                Map.of(),
                0,
                sum.response(),
                sum.success(),
                sum.service(),
                sum.lateness(),
                sum.parked());
        assertThatThrownBy(() -> sum.add(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_json_has_the_fields_of_a_load_result_line() {
        Map<String, ?> json =
                result(100, 100, Map.of(ErrorKind.CONNECT_REFUSED, 1L), 0, 5).toJson();
        assertThat(json.keySet())
                .containsExactly(
                        "type",
                        "target",
                        "offeredPerSecond",
                        "achievedPerSecond",
                        "requests",
                        "failed",
                        "errors",
                        "responseMillis",
                        "serviceMillis",
                        "latenessMillis",
                        "validity",
                        "why");
        assertThat(json.get("type")).isEqualTo("load.result");
        assertThat(json.get("errors")).isEqualTo(Map.of("connect_refused", 1L));
        assertThat(json.get("validity")).isEqualTo("VALID");
        assertThat(json.get("responseMillis"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("p50", "p90", "p95", "p99", "p999", "max")
                .containsEntry("p50", 100.031);
    }

    @Test
    void no_data_is_null_and_never_nought() {
        Map<String, ?> json = result(100, 100, Map.of(), 0, 0).toJson();
        assertThat(json.get("responseMillis"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("p99", null);
        assertThat(json.get("validity")).isEqualTo("INVALID");
    }

    @Test
    void a_generator_that_fell_short_is_invalid() {
        assertThat(result(100, 98.9, Map.of(), 0, 500).validity().why())
                .isEqualTo("only 98.9 % of the offered rate was sent");
        assertThat(result(100, 99, Map.of(), 0, 500).validity()).isInstanceOf(Validity.Valid.class);
        assertThat(result(100, 99, Map.of(), 6, 500).validity().why()).isEqualTo("6 of 506 requests were cut off");
    }

    @Test
    void lateness_is_measured_against_the_response_time() {
        assertThat(late(1_000, 100, 5).validity())
                .as("5 ms late is fine beside 100 ms")
                .isInstanceOf(Validity.Valid.class);
        assertThat(late(1_000, 10, 5).validity().why()).startsWith("lateness p99 5.00 ms > 1.00 ms");
        assertThat(late(5, 10, 50).validity().why()).startsWith("stalled: lateness p99.9 50.0");
        assertThat(late(5, 10, 15).validity()).as("five short stalls").isInstanceOf(Validity.Valid.class);
    }

    /** A thousand requests, so many of them late. */
    private static LoadResult late(int many, long responseMillis, long lateMillis) {
        var lateness = LatencyHistogram.plain();
        for (int i = 0; i < 1_000; i++) {
            LatencyHistogram.record(lateness, i < many ? lateMillis * 1_000_000 : 20_000);
        }
        LatencyHistogram response = times(1_000, responseMillis);
        return new LoadResult(
                TARGET,
                1.0,
                1.0,
                Runs.SECOND,
                1_000,
                0,
                Map.of(),
                0,
                response,
                response,
                response,
                new LatencyHistogram(lateness),
                LatencyHistogram.EMPTY);
    }

    private static LoadResult result(
            double offered, double achieved, Map<ErrorKind, Long> errors, long abandoned, int requests) {
        long failed = errors.values().stream().mapToLong(Long::longValue).sum();
        LatencyHistogram response = times(requests, 100);
        return new LoadResult(
                TARGET,
                offered,
                achieved,
                Runs.SECOND,
                requests,
                failed,
                errors,
                abandoned,
                response,
                response,
                response,
                times(requests, 1),
                LatencyHistogram.EMPTY);
    }

    private static LatencyHistogram times(int count, long millis) {
        var times = LatencyHistogram.plain();
        for (int i = 0; i < count; i++) {
            LatencyHistogram.record(times, millis * 1_000_000);
        }
        return new LatencyHistogram(times);
    }
}
