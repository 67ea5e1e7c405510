package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClocksTest {

    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);
    private static final long FROZEN = TimeUnit.MILLISECONDS.toNanos(200);

    @BeforeAll
    static void warm() throws InterruptedException {
        LoadGenerator.warmUp(Duration.ofMillis(500));
    }

    /** Frozen for the first 200 ms of every second: 20 % of arrivals wait, 0 to 200 ms, so p95 is 150 and p99 190 ms. */
    @Test
    void a_stalling_server_shows_on_the_intended_clock_and_hides_from_the_service_clock() throws Exception {
        long from = System.nanoTime();
        try (var target = HttpTarget.answering((_, reply) -> reply.after(untilThawed(from), reply::ok))) {
            var profile = LoadProfile.of(target.uri(), 500).withConnections(4).lasting(Duration.ofSeconds(4));
            LoadResult result = Runs.run(profile, Runs.get()).result();
            assertThat(result.failed()).isZero();
            Percentiles response = Runs.percentiles(result.response());
            Percentiles late = Runs.percentiles(result.lateness());
            assertThat(response.p90()).isBetween(60.0, 180 + late.p90());
            assertThat(response.p95()).isBetween(120.0, 210 + late.p95());
            assertThat(response.p99()).isBetween(170.0, 260 + late.p99());
            assertThat(Runs.percentiles(result.service()).p95())
                    .isLessThan(Runs.percentiles(result.response()).p95() / 3);
        }
    }

    @Test
    void lateness_is_not_charged_for_a_slow_target() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.after(50_000_000, reply::ok))) {
            var profile = LoadProfile.of(target.uri(), 200).withConnections(2).lasting(Duration.ofMillis(500));
            LoadResult result = Runs.run(profile, Runs.get()).result();
            assertThat(Runs.percentiles(result.response()).p90()).isGreaterThan(500);
            assertThat(Runs.percentiles(result.lateness()).p90())
                    .isLessThan(Runs.percentiles(result.response()).p90() / 5);
        }
    }

    @Test
    void a_slow_request_source_is_the_generators_own_lateness() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            RequestSource slow = _ -> {
                long until = System.nanoTime() + 20_000_000;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return LoadRequest.get("/");
            };
            var profile = LoadProfile.of(target.uri(), 100).lasting(Duration.ofMillis(400));
            LoadResult result = Runs.run(profile, slow).result();
            assertThat(result.requests()).as("late, but none dropped").isEqualTo(40);
            assertThat(result.validity()).isInstanceOf(Validity.Invalid.class);
            assertThat(result.achievedPerSecond()).isLessThan(70);
        }
    }

    private static long untilThawed(long from) {
        long into = (System.nanoTime() - from) % PERIOD;
        return into < FROZEN ? FROZEN - into : 0;
    }
}
