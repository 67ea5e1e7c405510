package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    void the_rate_is_held_and_every_arrival_is_sent_once() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            var heard = Runs.run(LoadProfile.of(target.uri(), 400).lasting(Runs.SECOND), Runs.get());
            assertThat(heard.result().requests()).isEqualTo(400);
            assertThat(heard.result().failed()).isZero();
            assertThat(heard.result().offeredPerSecond()).isEqualTo(400);
            assertThat(heard.result().achievedPerSecond()).isCloseTo(400, within(40.0));
            assertThat(heard.responses().stream().map(LoadResponse::arrival))
                    .doesNotHaveDuplicates()
                    .hasSize(400);
            assertThat(heard.result().lateness().count()).isEqualTo(400);
        }
    }

    @Test
    void several_event_loops_share_the_arrivals_and_the_connections() throws Exception {
        var clients = ConcurrentHashMap.<String>newKeySet();
        try (var target = HttpTarget.answering((_, reply) -> {
            clients.add(String.valueOf(reply.context().channel().remoteAddress()));
            reply.after(20_000_000, reply::ok);
        })) {
            var profile = LoadProfile.of(target.uri(), 300)
                    .withConnections(7)
                    .withEventLoops(3)
                    .lasting(Runs.SECOND);
            var heard = Runs.run(profile, Runs.get());
            assertThat(heard.responses().stream().map(LoadResponse::arrival))
                    .doesNotHaveDuplicates()
                    .hasSize(300);
            assertThat(heard.result().offeredPerSecond()).isCloseTo(300, within(0.001));
            assertThat(clients).hasSizeBetween(3, 7);
        }
    }

    @Test
    void connections_are_reused_and_never_exceed_the_cap() throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        try (var target = HttpTarget.answering((_, reply) -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            reply.after(30_000_000, () -> {
                open.decrementAndGet();
                reply.ok();
            });
        })) {
            var profile = LoadProfile.of(target.uri(), 500).withConnections(4).lasting(Duration.ofMillis(600));
            var heard = Runs.run(profile, Runs.get());
            assertThat(most).hasValue(4);
            assertThat(heard.result().requests()).isEqualTo(300);
            assertThat(heard.result().failed()).isZero();
            assertThat(Runs.percentiles(heard.result().response()).p99())
                    .as("300 requests at 133 per second: the last wait for 2 s, on the clock that counts")
                    .isGreaterThan(1_000);
        }
    }
}
