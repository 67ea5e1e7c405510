package io.bascule.embedded.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficWindow;
import io.bascule.embedded.frontdoor.FrontDoorRouter;
import io.bascule.embedded.http.Await;
import io.bascule.embedded.http.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who never stop, while writes are frozen and fenced, applications are pointed elsewhere, and weights move. */
class CutoverUnderLoadTest {
    @TempDir
    Path home;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Long> accepted = Collections.synchronizedList(new ArrayList<>());
    private final List<String> trouble = Collections.synchronizedList(new ArrayList<>());

    @Test
    void no_user_sees_an_error_and_each_accepted_order_is_one_row() throws Exception {
        TestShop.configure(home, "target", "database=source/shop.db");
        try (ShopWorld world = ShopWorld.start(home, ShopWorld.Ports.ANY)) {
            Instant begin = Instant.now();
            List<Thread> users = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int user = i;
                users.add(Thread.ofVirtual().start(() -> use(world, user)));
            }
            FrontDoorRouter router = new FrontDoorRouter(
                    new FrontDoorRouter.Address(world.door(), world.control(), world.token(), "/health", Duration.ZERO),
                    InstantSource.system());
            for (int round = 0; round < 6; round++) {
                freezeAndRelease(router, round % 2 == 0 ? 10_000 : 2500);
            }
            stop.set(true);
            for (Thread user : users) {
                user.join();
            }
            assertThat(trouble).isEmpty();
            assertThat(accepted).doesNotHaveDuplicates().hasSizeGreaterThan(50);
            assertThat(TestShop.count(home.resolve("source/shop.db"), "orders"))
                    .isEqualTo(ShopWorld.ORDERS + accepted.size());
            assertSeen(router, begin);
        }
    }

    /** The fence closes only after the hold, as FREEZE does; writes that raced it must be parked again. */
    private void freezeAndRelease(FrontDoorRouter router, int target) throws Exception {
        Path database = home.resolve("source/shop.db");
        int before = accepted.size();
        bring(
                router.writes(),
                Image.of("writes", "hold", "until", "" + Instant.now().plusSeconds(30)));
        TestShop.fence(database, true);
        Await.until("nothing in flight", () -> window(router, Instant.now()).writesInFlight() == 0);
        Await.until("some parked", () -> window(router, Instant.now()).parked() > 3);
        bring(router.weights(), Image.of("source", "" + (10_000 - target), "target", "" + target));
        TestShop.fence(database, false);
        bring(router.writes(), Image.of("writes", "open"));
        Await.until("users go on", () -> accepted.size() > before + 30);
    }

    private static void bring(Actuator actuator, Image wanted) {
        Deadline soon = Deadline.after(Instant.now(), Duration.ofSeconds(5));
        Image is = actuator.observe(soon) instanceof Reading.Seen seen ? seen.image() : Image.NONE;
        Change change =
                new Change("run/x/forward/" + System.nanoTime(), Instant.now().plusSeconds(5), is, wanted);
        assertThat(actuator.apply(change, soon)).isInstanceOf(Outcome.Done.class);
    }

    private static TrafficWindow window(FrontDoorRouter router, Instant from) {
        Deadline soon = Deadline.after(Instant.now(), Duration.ofSeconds(5));
        return router.window(from, Instant.now().plusSeconds(1), soon).window().orElseThrow();
    }

    private static void assertSeen(FrontDoorRouter router, Instant begin) {
        TrafficWindow all = window(router, begin);
        assertThat(all.source().failed() + all.target().failed()).isZero();
        assertThat(all.source().openConnections() + all.target().openConnections())
                .isZero();
        assertThat(all.parked()).isZero();
        Sample pause = router.sample(
                new Metric("pause", "web", new Metric.Gauge("longestPauseMillis"), OptionalLong.empty()),
                Side.TARGET,
                begin,
                Instant.now(),
                Deadline.after(Instant.now(), Duration.ofSeconds(5)));
        assertThat(pause)
                .isInstanceOfSatisfying(
                        Sample.Value.class, value -> assertThat(value.value()).isPositive());
    }

    private void use(ShopWorld world, int user) {
        try (RawClient client = new RawClient(world.door())) {
            for (int i = 0; !stop.get(); i++) {
                RawClient.Answer read = client.get("/orders/" + (1 + i % 100));
                String order = "{\"user\":\"u%d\",\"key\":\"k%d\",\"amount\":1}".formatted(user, i);
                RawClient.Answer write = client.post("/orders", order).answer();
                if (read.status() != 200 || write.status() != 201) {
                    trouble.add(read.status() + " " + write.status() + " " + write.body());
                } else {
                    accepted.add(Long.parseLong(write.body().replaceAll("[^0-9]", "")));
                }
                Thread.sleep(2);
            }
        } catch (IOException | InterruptedException e) {
            trouble.add(e.toString());
        }
    }
}
