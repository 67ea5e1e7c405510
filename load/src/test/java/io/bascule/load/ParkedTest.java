package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.FullHttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParkedTest {

    private static final LoadRequest READ = LoadRequest.get("/");
    private static final LoadRequest WRITE = LoadRequest.post("/orders", "text/plain", "one");

    @Test
    void time_parked_is_the_pause_and_not_the_latency() throws Exception {
        try (var target =
                HttpTarget.answering((_, reply) -> reply.after(200_000_000, () -> reply.send(parked("200"))))) {
            var heard = Runs.twenty(target.uri());
            assertThat(heard.result().parked().count()).isEqualTo(20);
            assertThat(Runs.percentiles(heard.result().parked()).p50()).isBetween(199.0, 201.0);
            assertThat(Runs.percentiles(heard.result().response()).p50()).isLessThan(100);
            assertThat(Runs.percentiles(heard.result().service()).p50()).isLessThan(100);
            assertThat(heard.first().parked()).isEqualTo(Duration.ofMillis(200));
            assertThat(heard.first().responseNanos()).isGreaterThan(200_000_000);
            assertThat(heard.first().latencyNanos()).isEqualTo(heard.first().responseNanos() - 200_000_000);
        }
    }

    @Test
    void a_parked_time_that_cannot_be_true_is_bounded_and_nonsense_ignored() throws Exception {
        String[] values = {"99999999", "soon", "-5", "0", "NaN"};
        try (var target = HttpTarget.answering((request, reply) ->
                reply.send(parked(values[Integer.parseInt(request.uri().substring(1))])))) {
            var profile = LoadProfile.of(target.uri(), 100).lasting(Duration.ofMillis(50));
            var heard = Runs.run(profile, arrival -> LoadRequest.get("/" + arrival));
            assertThat(heard.result().parked().count()).isEqualTo(1);
            assertThat(heard.responses()).allMatch(response -> response.latencyNanos() >= 0 && !response.failed());
        }
    }

    @Test
    void hundreds_of_parked_writes_leave_reads_alone() throws Exception {
        parkedWrites(500, 4, 2, 1);
    }

    /** The size it is used in: 500 requests a second, a tenth of them writes, parked for up to 20 s. */
    @Test
    @Tag("long")
    void a_thousand_parked_writes_leave_reads_alone() throws Exception {
        parkedWrites(500, 10, 20, 5);
    }

    private static void parkedWrites(double rate, int oneWriteIn, int parkedSeconds, int aroundSeconds)
            throws InterruptedException {
        var thaw = new Object() {
            final long at = System.nanoTime() + TimeUnit.SECONDS.toNanos(aroundSeconds + parkedSeconds);
            final long freeze = System.nanoTime() + TimeUnit.SECONDS.toNanos(aroundSeconds);
        };
        try (var target = HttpTarget.answering((request, reply) -> {
            long now = System.nanoTime();
            boolean park = request.uri().equals("/orders") && now > thaw.freeze && now < thaw.at;
            if (park) {
                double millis = (thaw.at - now) / 1e6;
                reply.after(thaw.at - now, () -> reply.send(parked(String.format(Locale.ROOT, "%.3f", millis))));
            } else {
                reply.ok();
            }
        })) {
            LoadResult result = load(target.uri(), rate, oneWriteIn, parkedSeconds + 2 * aroundSeconds);
            assertThat(result.failed()).isZero();
            assertThat(result.requests()).isEqualTo((long) (rate * (parkedSeconds + 2L * aroundSeconds)));
            double expected = rate / oneWriteIn * parkedSeconds;
            assertThat((double) result.parked().count()).isBetween(0.8 * expected, 1.1 * expected);
            assertThat(Runs.percentiles(result.parked()).max())
                    .isBetween(parkedSeconds * 800.0, parkedSeconds * 1_010.0);
            assertThat(Runs.percentiles(result.response()).p90()).isLessThan(parkedSeconds * 100.0);
        }
    }

    private static LoadResult load(URI target, double rate, int oneWriteIn, int seconds) throws InterruptedException {
        var profile = LoadProfile.of(target, rate).withConnections(1_500).lasting(Duration.ofSeconds(seconds));
        return Runs.run(profile, arrival -> arrival % oneWriteIn == 0 ? WRITE : READ)
                .result();
    }

    private static FullHttpResponse parked(String millis) {
        FullHttpResponse response = HttpTarget.response(200, "ok");
        response.headers().set(LoadResponse.PARKED_HEADER, millis);
        return response;
    }
}
