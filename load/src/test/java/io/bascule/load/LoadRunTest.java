package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadRunTest {

    @Test
    void a_run_without_a_duration_lasts_until_stopped() throws Exception {
        var some = new CountDownLatch(50);
        try (var target = HttpTarget.answering((_, reply) -> reply.ok());
                var run = LoadGenerator.start(LoadProfile.of(target.uri(), 200), Runs.get(), _ -> some.countDown())) {
            assertThat(some.await(10, TimeUnit.SECONDS)).isTrue();
            LoadResult before = run.snapshot();
            assertThat(before.requests()).isGreaterThanOrEqualTo(50);
            assertThat(run.ended()).isFalse();
            run.stop();
            LoadResult result = run.await();
            assertThat(result.requests()).isGreaterThanOrEqualTo(before.requests());
            assertThat(result.abandoned()).isZero();
            assertThat(result.failed()).isZero();
            assertThat(run.snapshot()).isEqualTo(result);
        }
    }

    @Test
    void stop_ends_promptly_although_nothing_is_answered() throws Exception {
        var asked = new CountDownLatch(100);
        try (var target = HttpTarget.answering((_, _) -> asked.countDown());
                var run = LoadGenerator.start(LoadProfile.of(target.uri(), 500), Runs.get(), ResponseListener.NONE)) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            long from = System.nanoTime();
            run.stop(Duration.ofMillis(100));
            LoadResult result = run.await();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
            assertThat(result.abandoned()).isGreaterThanOrEqualTo(100);
            assertThat(result.requests()).isZero();
            assertThat(result.validity()).isEqualTo(new Validity.Invalid("no request completed"));
        }
    }

    @Test
    void stop_ends_a_generator_that_cannot_keep_up() throws Exception {
        var some = new CountDownLatch(20);
        RequestSource slow = _ -> {
            long until = System.nanoTime() + 5_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return LoadRequest.get("/");
        };
        try (var target = HttpTarget.answering((_, reply) -> reply.ok());
                var run = LoadGenerator.start(LoadProfile.of(target.uri(), 1_000), slow, _ -> some.countDown())) {
            assertThat(some.await(10, TimeUnit.SECONDS)).isTrue();
            run.stop();
            assertThat(run.await().validity().why()).contains("of the offered rate was sent");
        }
    }

    @Test
    void stop_lets_requests_under_way_finish_within_the_drain() throws Exception {
        var asked = new CountDownLatch(20);
        try (var target = HttpTarget.answering((_, reply) -> {
                    asked.countDown();
                    reply.after(300_000_000, reply::ok);
                });
                var run = LoadGenerator.start(LoadProfile.of(target.uri(), 100), Runs.get(), ResponseListener.NONE)) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            run.stop(Duration.ofSeconds(20));
            LoadResult result = run.await();
            assertThat(result.abandoned()).isZero();
            assertThat(result.requests())
                    .isGreaterThanOrEqualTo(20)
                    .isEqualTo(result.lateness().count());
        }
    }

    @Test
    void seconds_add_up_to_the_result() throws Exception {
        try (var target = HttpTarget.answering((request, reply) ->
                        reply.send(HttpTarget.response(request.uri().equals("/bad") ? 500 : 200, "")));
                var run = LoadGenerator.start(
                        LoadProfile.of(target.uri(), 200).withEventLoops(2).lasting(Duration.ofMillis(2_500)),
                        arrival -> LoadRequest.get(arrival % 10 == 0 ? "/bad" : "/good"),
                        ResponseListener.NONE)) {
            LoadResult result = run.await();
            List<IntervalSnapshot> seconds = run.intervals();
            assertThat(seconds).hasSizeBetween(3, 4);
            assertThat(seconds.stream().mapToLong(IntervalSnapshot::arrivals).sum())
                    .isEqualTo(500);
            assertThat(seconds.stream().mapToLong(IntervalSnapshot::requests).sum())
                    .isEqualTo(result.requests());
            assertThat(seconds.stream().mapToLong(IntervalSnapshot::failed).sum())
                    .isEqualTo(50);
            assertThat(seconds.stream()
                            .map(IntervalSnapshot::response)
                            .reduce(LatencyHistogram.EMPTY, LatencyHistogram::add))
                    .isEqualTo(result.response());
            assertThat(seconds.get(0).length()).isEqualTo(Runs.SECOND);
            assertThat(seconds.get(1).from()).isEqualTo(seconds.get(0).from().plusSeconds(1));
            assertThat(seconds.get(1).p50Millis()).isPositive();
            assertThat(seconds.get(1).p95Millis())
                    .isBetween(seconds.get(1).p50Millis(), seconds.get(1).p99Millis());
        }
    }

    @Test
    void a_second_in_which_nothing_ended_has_no_percentiles() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.after(1_500_000_000, reply::ok));
                var run = LoadGenerator.start(
                        LoadProfile.of(target.uri(), 50).lasting(Duration.ofMillis(200)),
                        Runs.get(),
                        ResponseListener.NONE)) {
            assertThat(run.await().requests()).isEqualTo(10);
            assertThat(run.intervals().getFirst().p95Millis()).isNull();
            assertThat(run.intervals().getFirst().requests()).isZero();
            assertThat(run.intervals().getFirst().arrivals()).isEqualTo(10);
        }
    }

    @Test
    void a_fault_in_the_callers_code_ends_the_run_and_is_told() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            var profile = LoadProfile.of(target.uri(), 100);
            var fault = new IllegalArgumentException("no users left");
            ResponseListener deaf = _ -> {
                throw fault;
            };
            RequestSource dry = _ -> {
                throw fault;
            };
            RequestSource unsendable =
                    RequestSource.repeating(LoadRequest.get("/").withHeader("a\r\nb", "c"));
            try (var run = LoadGenerator.start(profile, Runs.get(), deaf)) {
                assertThatThrownBy(run::await)
                        .isInstanceOf(IllegalStateException.class)
                        .hasCause(fault);
            }
            try (var run = LoadGenerator.start(profile.withEventLoops(2), dry, ResponseListener.NONE)) {
                assertThatThrownBy(run::await)
                        .isInstanceOf(IllegalStateException.class)
                        .hasCause(fault);
                assertThatThrownBy(run::snapshot).isInstanceOf(IllegalStateException.class);
            }
            try (var run = LoadGenerator.start(profile, unsendable, ResponseListener.NONE)) {
                assertThatThrownBy(run::await).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void warming_up_needs_no_target() throws Exception {
        LoadGenerator.warmUp(Duration.ofMillis(200));
        try (var own = new WarmUpTarget()) {
            assertThat(Runs.twenty(own.uri()).result().failed()).isZero();
        }
    }
}
