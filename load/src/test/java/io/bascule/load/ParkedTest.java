package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParkedTest {

    private static final int RATE = 500;
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
        parkedWrites(4, 2, 1);
    }

    /** The size it is used in: 500 requests a second, a tenth of them writes, parked for up to 20 s. */
    @Test
    @Tag("long")
    void a_thousand_parked_writes_leave_reads_alone() throws Exception {
        parkedWrites(10, 20, 5);
    }

    private static void parkedWrites(int oneWriteIn, int parkedSeconds, int aroundSeconds) throws InterruptedException {
        LoadGenerator.warmUp(Runs.SECOND);
        int freeze = RATE * aroundSeconds;
        int thaw = freeze + RATE * parkedSeconds;
        try (var target = HttpTarget.answering(new Entrance(freeze, thaw))) {
            var profile = LoadProfile.of(target.uri(), RATE)
                    .withConnections(1_500)
                    .lasting(Duration.ofSeconds(parkedSeconds + 2L * aroundSeconds));
            LoadResult result = Runs.run(profile, arrival -> arrival % oneWriteIn == 0 ? WRITE : READ)
                    .result();
            assertThat(result.failed()).isZero();
            assertThat(result.requests()).isEqualTo(thaw + freeze);
            double expected = (double) (thaw - freeze) / oneWriteIn;
            assertThat((double) result.parked().count()).isBetween(0.9 * expected, 1.1 * expected);
            double pause = Runs.percentiles(result.parked()).max();
            assertThat(pause).isGreaterThan(parkedSeconds * 500.0);
            assertThat(Runs.percentiles(result.response()).p50()).isLessThan(pause / 2);
        }
    }

    /** A front door that parks writes from one request of its life until another. */
    private static final class Entrance implements HttpTarget.Behaviour {
        private final int freeze;
        private final int thaw;
        private final List<Runnable> parked = new ArrayList<>();
        private int requests;

        Entrance(int freeze, int thaw) {
            this.freeze = freeze;
            this.thaw = thaw;
        }

        @Override
        public void on(FullHttpRequest request, HttpTarget.Reply reply) {
            int number = requests++;
            if (number == thaw) {
                parked.forEach(Runnable::run);
            }
            if (number >= freeze && number < thaw && request.uri().equals("/orders")) {
                long since = System.nanoTime();
                parked.add(() -> reply.send(parked(Double.toString((System.nanoTime() - since) / 1e6))));
            } else {
                reply.ok();
            }
        }
    }

    private static FullHttpResponse parked(String millis) {
        FullHttpResponse response = HttpTarget.response(200, "ok");
        response.headers().set(LoadResponse.PARKED_HEADER, millis);
        return response;
    }
}
