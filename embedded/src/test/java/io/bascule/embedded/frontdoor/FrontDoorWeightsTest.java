package io.bascule.embedded.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.embedded.http.Await;
import io.bascule.embedded.http.RawClient;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorWeightsTest {
    @TempDir
    Path folder;

    @Test
    void ten_percent_of_ten_thousand_requests_are_one_thousand() throws Exception {
        try (Rig rig = Rig.start(folder);
                RawClient client = rig.client()) {
            rig.weights(1000);
            int onTarget = 0;
            int tenthsOnTarget = 0;
            for (int i = 0; i < 10_000; i++) {
                boolean target = client.get("/").body().equals("target");
                onTarget += target ? 1 : 0;
                tenthsOnTarget += target && i % 10 == 0 ? 1 : 0;
            }
            assertThat(onTarget).isBetween(990, 1010);
            assertThat(tenthsOnTarget).as("every tenth request too").isBetween(85, 115);
            assertThat(rig.requests(Side.TARGET)).isEqualTo(onTarget);
            assertThat(rig.requests(Side.SOURCE)).isEqualTo(10_000 - onTarget);
        }
    }

    @Test
    void the_answer_tells_its_side_and_a_change_moves_open_connections() throws Exception {
        try (Rig rig = Rig.start(folder);
                RawClient client = rig.client()) {
            assertThat(client.get("/").header("x-bascule-side")).isEqualTo("source");
            rig.weights(10_000);
            assertThat(client.get("/").header("x-bascule-side")).isEqualTo("target");
        }
    }

    @Test
    void a_session_stays_on_its_side_and_is_moved_at_once_when_the_side_loses_its_weight() throws Exception {
        try (Rig rig = Rig.start(folder, Rig.named("source"), Rig.named("target"), c -> c.withSticky(true));
                RawClient client = rig.client()) {
            rig.weights(5000);
            RawClient.Answer first = client.get("/");
            while (!first.body().equals("target")) {
                first = client.get("/");
            }
            String cookie = "Cookie: " + first.header("set-cookie").split(";", 2)[0];
            rig.weights(100);
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/", cookie).body()).isEqualTo("target");
            }
            assertThat(sticky(rig, Side.TARGET)).isPositive();
            rig.weights(0);
            assertThat(sticky(rig, Side.TARGET)).isZero();
            RawClient.Answer moved = client.get("/", cookie);
            assertThat(moved.body()).isEqualTo("source");
            assertThat(moved.header("set-cookie")).startsWith("BASCULE_SIDE=source-");
        }
    }

    @Test
    void draining_sessions_stay_until_the_drain_is_over() throws Exception {
        try (Rig rig = Rig.start(folder, Rig.named("source"), Rig.named("target"), c -> c.withSticky(true));
                RawClient client = rig.client()) {
            String cookie = "Cookie: " + client.get("/").header("set-cookie").split(";", 2)[0];
            FrontDoorRouter draining = new FrontDoorRouter(
                    new FrontDoorRouter.Address(
                            rig.door.uri(), rig.door.controlUri(), Rig.TOKEN, "/", java.time.Duration.ofMillis(600)),
                    java.time.InstantSource.system());
            Rig.done(draining.weights()
                    .apply(
                            Rig.change(
                                    Rig.read(draining.weights().observe(Rig.soon())),
                                    io.bascule.core.port.Image.of("source", "0", "target", "10000")),
                            Rig.soon()));
            assertThat(client.get("/", cookie).body()).isEqualTo("source");
            assertThat(client.get("/").body()).as("a new session").isEqualTo("target");
            Await.until("moved", () -> client.get("/", cookie).body().equals("target"));
        }
    }

    @Test
    void a_leased_weight_falls_back_by_itself() throws Exception {
        try (Rig rig = Rig.start(folder);
                RawClient client = rig.client()) {
            Instant until = Instant.now().plusMillis(400);
            Rig.done(rig.router()
                    .weights()
                    .apply(
                            Rig.change(
                                    Rig.read(rig.router().weights().observe(Rig.soon())),
                                    io.bascule.core.port.Image.of(
                                            "source",
                                            "0",
                                            "target",
                                            "10000",
                                            "until",
                                            "" + until,
                                            "else-source",
                                            "10000",
                                            "else-target",
                                            "0")),
                            Rig.soon()));
            assertThat(client.get("/").body()).isEqualTo("target");
            Await.until("fallen back", () -> client.get("/").body().equals("source"));
            assertThat(Instant.now()).isAfterOrEqualTo(until);
            assertThat(Rig.read(rig.router().weights().observe(Rig.soon())).brief())
                    .isEqualTo("source=10000 target=0");
        }
    }

    @Test
    void an_unhealthy_side_is_reported_and_keeps_its_weight() throws Exception {
        try (Rig rig = Rig.start(
                        folder,
                        Rig.named("source"),
                        ask -> io.bascule.embedded.http.HttpReply.text(
                                ask.path().equals("/health") ? 500 : 200, "t"),
                        c -> c);
                RawClient client = rig.client()) {
            rig.weights(10_000);
            Await.until("source healthy", () -> healthy(rig, Side.SOURCE) == 1);
            assertThat(healthy(rig, Side.TARGET)).isZero();
            assertThat(client.get("/").header("x-bascule-side")).isEqualTo("target");
        }
    }

    private static int healthy(Rig rig, Side side) {
        return window(rig, side).healthy();
    }

    private static long sticky(Rig rig, Side side) {
        return window(rig, side).sticky();
    }

    private static io.bascule.core.port.TrafficWindow.PerSide window(Rig rig, Side side) {
        return rig.router()
                .window(Instant.now().minusSeconds(10), Instant.now(), Rig.soon())
                .window()
                .orElseThrow()
                .of(side);
    }
}
