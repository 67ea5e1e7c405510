package io.bascule.embedded.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.RawServer;
import io.bascule.embedded.http.Secret;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorControlTest {
    private static final Image HALF = Image.of("source", "5000", "target", "5000");

    @TempDir
    Path folder;

    private static Image weights(Rig rig) {
        return Rig.read(rig.router().weights().observe(Rig.soon()));
    }

    @Test
    void a_wrong_token_may_neither_look_nor_change() throws Exception {
        try (Rig rig = Rig.start(folder)) {
            FrontDoorRouter stranger = Rig.router(rig.door, Secret.of("guessed"));
            assertThat(stranger.weights().authorise(Rig.soon())).isInstanceOf(Authority.Denied.class);
            assertThat(stranger.weights().observe(Rig.soon())).isInstanceOf(Reading.Unseen.class);
            assertThat(stranger.weights().apply(Rig.change(weights(rig), HALF), Rig.soon()))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(weights(rig).get("target")).isEqualTo("0");
        }
    }

    @Test
    void a_request_after_its_time_is_refused_and_changes_nothing() throws Exception {
        try (Rig rig = Rig.start(folder)) {
            Change late = new Change("t", Instant.now().minusMillis(1), weights(rig), HALF);
            assertThat(rig.router().weights().apply(late, Rig.soon()))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.again()).isFalse());
            assertThat(weights(rig).get("target")).isEqualTo("0");
        }
    }

    @Test
    void a_late_duplicate_does_not_undo_the_way_back_even_over_a_restart() throws Exception {
        try (Rig rig = Rig.start(folder)) {
            Change forward = Rig.change(weights(rig), HALF);
            Rig.done(rig.router().weights().apply(forward, Rig.soon()));
            rig.weights(0);
            rig.restart();
            Rig.done(rig.router().weights().apply(forward, Rig.soon()));
            assertThat(weights(rig).get("target")).isEqualTo("0");
        }
    }

    @Test
    void an_expected_revision_is_compared() throws Exception {
        try (Rig rig = Rig.start(folder)) {
            String body = "{\"token\":\"a\",\"expectedRevision\":%s,\"wanted\":{\"source\":\"1\",\"target\":\"9999\"}}";
            assertThat(put(rig, body.formatted("77")).status()).isEqualTo(409);
            assertThat(put(rig, body.formatted(weights(rig).context().get("revision")))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static Answered put(Rig rig, String body) {
        return (Answered) HttpCaller.call(
                "PUT",
                URI.create(rig.door.controlUri() + "/weights"),
                Map.of("Authorization", Rig.TOKEN.bearer()),
                body,
                Duration.ofSeconds(5));
    }

    @Test
    void a_lease_that_has_passed_is_refused() throws Exception {
        try (Rig rig = Rig.start(folder)) {
            Image passed =
                    Image.of("writes", "hold", "until", "" + Instant.now().minusSeconds(1));
            assertThat(rig.router().writes().apply(Rig.change(Image.of("writes", "open"), passed), Rig.soon()))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void a_door_that_is_down_refuses_for_now() throws Exception {
        URI nobody;
        try (ServerSocket taken = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
        FrontDoorRouter router = new FrontDoorRouter(
                new FrontDoorRouter.Address(nobody, nobody, Rig.TOKEN, "/", Duration.ZERO), InstantSource.system());
        assertThat(router.weights().apply(Rig.change(HALF, HALF), Rig.soon()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.again()).isTrue());
        assertThat(router.weights().observe(Rig.soon())).isInstanceOf(Reading.Unseen.class);
        assertThat(router.window(Instant.now(), Instant.now(), Rig.soon()).window())
                .isEmpty();
    }

    @Test
    void a_lost_reply_is_unknown_and_so_is_an_interrupt_which_is_kept() throws Exception {
        try (RawServer silent = new RawServer(socket -> {
            RawServer.head(socket);
            socket.getInputStream().readAllBytes();
        })) {
            FrontDoorRouter router = new FrontDoorRouter(
                    new FrontDoorRouter.Address(silent.uri(), silent.uri(), Rig.TOKEN, "/", Duration.ZERO),
                    InstantSource.system());
            Deadline tight = Deadline.after(Instant.now(), Duration.ofMillis(200));
            assertThat(router.weights().apply(Rig.change(HALF, HALF), tight)).isInstanceOf(Outcome.Unknown.class);
            Thread caller = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                while (caller.getState() == Thread.State.RUNNABLE) {
                    Thread.onSpinWait();
                }
                caller.interrupt();
            });
            assertThat(router.weights().apply(Rig.change(HALF, HALF), Rig.soon()))
                    .isNotInstanceOf(Outcome.Done.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void the_token_is_in_no_text() throws Exception {
        try (Rig rig = Rig.start(folder)) {
            assertThat(rig.config.toString()).doesNotContain("a-token-for-tests");
        }
    }
}
