package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelsTest {

    @Test
    void the_closed_model_asks_again_when_answered_and_says_that_nothing_was_offered() throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        try (var target = HttpTarget.answering((_, reply) -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            reply.after(20_000_000, () -> {
                open.decrementAndGet();
                reply.ok();
            });
        })) {
            var profile = LoadProfile.of(target.uri(), new Arrivals.Closed(5, Duration.ZERO, Runs.SECOND));
            try (var run = LoadGenerator.start(profile, Runs.get(), ResponseListener.NONE)) {
                TargetOutcome outcome = run.await("target");
                assertThat(most).hasValue(5);
                assertThat(outcome.total().requests())
                        .as("at most 50 rounds of five")
                        .isBetween(10L, 255L);
                assertThat(outcome.total().offeredPerSecond()).isNull();
                assertThat(outcome.total().toJson().get("offeredPerSecond")).isNull();
                assertThat(outcome.total().validity().why()).contains("closed model");
            }
        }
    }

    @Test
    void the_warm_up_is_sent_and_in_no_number() throws Exception {
        var asked = new AtomicLong();
        try (var target = HttpTarget.answering((_, reply) -> {
            asked.incrementAndGet();
            reply.ok();
        })) {
            var profile = LoadProfile.of(target.uri(), 100).lasting(Runs.SECOND).withWarmUp(Runs.SECOND);
            try (var run = LoadGenerator.start(profile, Runs.get(), ResponseListener.NONE)) {
                TargetOutcome outcome = run.await("target");
                assertThat(asked).hasValue(200);
                assertThat(outcome.warmUp()).isEqualTo(100);
                assertThat(outcome.total().requests()).isEqualTo(100);
                assertThat(outcome.total().response().count()).isEqualTo(100);
                assertThat(outcome.total().lateness().count()).isEqualTo(100);
                assertThat(outcome.total().achievedPerSecond()).isBetween(50.0, 101.0);
                assertThat(outcome.intervals().stream()
                                .mapToLong(IntervalSnapshot::requests)
                                .sum())
                        .isEqualTo(100);
            }
        }
    }

    @Test
    void a_failing_target_is_left_alone_and_the_result_says_so() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.send(HttpTarget.response(503, "")))) {
            var profile = LoadProfile.of(target.uri(), 200)
                    .lasting(Duration.ofMinutes(10))
                    .aborting(new AbortRule(0.5, 2));
            try (var run = LoadGenerator.start(profile, Runs.get(), ResponseListener.NONE)) {
                TargetOutcome outcome = run.await("target");
                assertThat(outcome.aborted()).contains("failed within 2 s, more than 50 %");
                assertThat(outcome.total().requests()).isLessThan(10_000);
            }
        }
    }

    @Test
    void a_few_failures_are_no_reason_to_stop() {
        var watch = AbortRule.HALF.watch();
        for (int i = 0; i < 100; i++) {
            assertThat(watch.heard(2, i % 2)).as("half of two").isEmpty();
        }
        var few = new AbortRule(0.5, 5).watch();
        for (int i = 0; i < 4; i++) {
            assertThat(few.heard(1, 1)).as("not for five seconds yet").isEmpty();
        }
        assertThat(few.heard(1, 1)).as("five of five, surely more than half").isPresent();
        assertThat(AbortRule.NEVER.watch().heard(1_000, 1_000)).isEmpty();
        assertThat(AbortRule.lowerBound(5, 10)).isBetween(0.2, 0.3);
    }

    @Test
    void several_targets_get_the_same_requests_at_the_same_moments() throws Exception {
        var due = new ConcurrentHashMap<String, ConcurrentLinkedQueue<LoadResponse>>();
        try (var source = HttpTarget.answering((_, reply) -> reply.ok());
                var other = HttpTarget.answering((_, reply) -> reply.after(50_000_000, reply::ok))) {
            var members = List.of(source, other).stream()
                    .map(target -> new LoadGenerator.Member(
                            LoadProfile.of(
                                    target.uri(),
                                    new Arrivals.Stages(
                                            List.of(new Arrivals.Stage(100, 100, Duration.ofMillis(500))), 9L)),
                            arrival -> LoadRequest.get("/" + arrival),
                            response -> due.computeIfAbsent("" + target.uri(), _ -> new ConcurrentLinkedQueue<>())
                                    .add(response),
                            _ -> {}))
                    .toList();
            var runs = LoadGenerator.startTogether(members);
            for (LoadRun run : runs) {
                assertThat(run.await().failed()).isZero();
                run.close();
            }
            List<List<String>> both = due.values().stream()
                    .map(all -> all.stream()
                            .sorted(java.util.Comparator.comparingLong(LoadResponse::arrival))
                            .map(response -> response.request().path() + " " + response.intended())
                            .toList())
                    .toList();
            assertThat(both).hasSize(2);
            assertThat(both.get(0)).isEqualTo(both.get(1)).isNotEmpty();
        }
    }

    @Test
    void connections_are_renewed_so_that_a_change_of_dns_is_followed() throws Exception {
        var clients = ConcurrentHashMap.newKeySet();
        try (var target = HttpTarget.answering((_, reply) -> {
            clients.add(reply.context().channel().remoteAddress());
            reply.ok();
        })) {
            var profile = LoadProfile.of(target.uri(), 50)
                    .withConnections(1)
                    .lasting(Runs.SECOND)
                    .over(Wire.PLAIN.renewing(Duration.ofMillis(200)));
            LoadResult result = Runs.run(profile, Runs.get()).result();
            assertThat(result.errors()).isEmpty();
            assertThat(result.requests()).isEqualTo(50);
            assertThat(clients).hasSizeBetween(2, 10);
        }
    }

    @Test
    void redirects_within_the_target_are_followed_on_one_clock() throws Exception {
        try (var target = HttpTarget.answering((request, reply) -> {
            if (request.uri().equals("/new")) {
                reply.after(30_000_000, reply::ok);
            } else {
                var response = HttpTarget.response(301, "");
                response.headers().set("Location", request.uri().equals("/out") ? "http://elsewhere.invalid/" : "new");
                reply.after(30_000_000, () -> reply.send(response));
            }
        })) {
            var profile = LoadProfile.of(target.uri(), 50)
                    .lasting(Duration.ofMillis(200))
                    .over(Wire.PLAIN.following(1));
            var heard = Runs.run(profile, RequestSource.repeating(LoadRequest.get("/old")));
            assertThat(heard.result().requests()).isEqualTo(10);
            assertThat(heard.result().errors()).isEmpty();
            assertThat(heard.responses())
                    .allMatch(response -> response.responseNanos() >= 60_000_000)
                    .allMatch(response -> response.request().path().equals("/new"));
            assertThat(Runs.run(profile, RequestSource.repeating(LoadRequest.get("/out")))
                            .result()
                            .errors())
                    .containsOnlyKeys(ErrorKind.REDIRECT);
        }
    }
}
