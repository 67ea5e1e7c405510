package io.bascule.embedded.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.embedded.http.Await;
import io.bascule.embedded.http.HttpReply;
import io.bascule.embedded.http.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorFreezeTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<String> sourceTook = Collections.synchronizedList(new ArrayList<>());
    private final List<String> targetTook = Collections.synchronizedList(new ArrayList<>());

    private Rig rig(int park, int atOnce) throws Exception {
        return Rig.start(
                folder,
                ask -> {
                    if (ask.method().equals("POST")) {
                        sourceTook.add(ask.body().text());
                    }
                    return HttpReply.text(200, "source");
                },
                ask -> {
                    if (ask.method().equals("POST")) {
                        targetTook.add(ask.body().text());
                    }
                    return HttpReply.text(200, "target");
                },
                config -> config.withParking(park, atOnce));
    }

    @Test
    void a_thousand_parked_writes_are_let_go_in_order_and_none_twice() throws Exception {
        try (Rig rig = rig(2000, 1)) {
            rig.hold(LONG);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                clients.add(rig.client().post("/orders", "" + i));
                if (i % 100 == 99) {
                    rig.awaitParked(i + 1);
                }
            }
            List<String> inOrder = parkedOrder(rig, clients);
            rig.weights(10_000);
            rig.open();
            for (RawClient client : clients) {
                RawClient.Answer answer = client.answer();
                assertThat(answer.body()).isEqualTo("target");
                assertThat(Long.parseLong(answer.header("x-bascule-parked"))).isNotNegative();
                client.close();
            }
            assertThat(sourceTook).isEmpty();
            assertThat(targetTook).containsExactlyInAnyOrderElementsOf(inOrder);
            List<Integer> hundreds = targetTook.stream()
                    .map(body -> Integer.parseInt(body) / 100)
                    .toList();
            assertThat(hundreds).as("in the order they came").isSorted();
        }
    }

    private static List<String> parkedOrder(Rig rig, List<RawClient> clients) throws Exception {
        rig.awaitParked(clients.size());
        return IntStream.range(0, clients.size()).mapToObj(Integer::toString).toList();
    }

    @Test
    void letting_go_never_storms_the_side() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Rig rig = Rig.start(
                folder,
                ask -> {
                    if (ask.method().equals("POST")) {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.sleep(5);
                        now.decrementAndGet();
                    }
                    return HttpReply.text(200, "ok");
                },
                Rig.named("target"),
                config -> config.withParking(500, 8))) {
            rig.hold(LONG);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                clients.add(rig.client().post("/", "x"));
            }
            rig.awaitParked(200);
            rig.open();
            for (RawClient client : clients) {
                assertThat(client.answer().status()).isEqualTo(200);
                client.close();
            }
            assertThat(most.get()).isBetween(2, 8);
        }
    }

    @Test
    void reads_pass_while_writes_wait() throws Exception {
        try (Rig rig = rig(10, 64);
                RawClient writer = rig.client();
                RawClient reader = rig.client()) {
            rig.hold(LONG);
            writer.post("/orders", "one");
            rig.awaitParked(1);
            assertThat(reader.get("/").status()).isEqualTo(200);
            assertThat(sourceTook).isEmpty();
        }
    }

    @Test
    void past_the_bound_a_write_is_told_to_come_again_and_counted_as_failed() throws Exception {
        try (Rig rig = rig(1, 64);
                RawClient first = rig.client();
                RawClient second = rig.client()) {
            rig.hold(LONG);
            first.post("/orders", "one");
            rig.awaitParked(1);
            RawClient.Answer answer = second.post("/orders", "two").answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("1");
            assertThat(answer.header("cache-control")).isEqualTo("no-store");
            assertThat(second.get("/").status()).as("the connection stays").isEqualTo(200);
            assertThat(failed(rig)).isEqualTo(1);
            rig.open();
            assertThat(first.answer().status()).isEqualTo(200);
            assertThat(sourceTook).containsExactly("one");
        }
    }

    @Test
    void the_lease_ends_by_itself_when_nobody_comes() throws Exception {
        try (Rig rig = rig(10, 64);
                RawClient client = rig.client()) {
            Instant until = rig.hold(Duration.ofSeconds(2));
            client.post("/orders", "one");
            rig.awaitParked(1);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(Instant.now()).isAfterOrEqualTo(until);
            assertThat(Rig.read(rig.router().writes().observe(Rig.soon())).brief())
                    .isEqualTo("writes=open");
        }
    }

    @Test
    void a_parked_write_whose_client_leaves_is_never_sent() throws Exception {
        try (Rig rig = rig(10, 64)) {
            rig.hold(LONG);
            RawClient leaver = rig.client().post("/orders", "left");
            RawClient stayer = rig.client().post("/orders", "stayed");
            rig.awaitParked(2);
            leaver.close();
            rig.awaitParked(1);
            rig.open();
            assertThat(stayer.answer().status()).isEqualTo(200);
            assertThat(sourceTook).containsExactly("stayed");
            stayer.close();
        }
    }

    @Test
    void a_write_with_a_body_past_the_bound_waits_in_its_socket_and_is_streamed() throws Exception {
        String large = "x".repeat(900_000);
        try (Rig rig = rig(10, 64);
                RawClient client = rig.client()) {
            rig.hold(LONG);
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    client.post("/orders", large);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            rig.awaitParked(1);
            rig.open();
            assertThat(client.answer().status()).isEqualTo(200);
            sender.join();
            assertThat(sourceTook).containsExactly(large);
        }
    }

    @Test
    void reject_turns_writes_away_and_those_parked_before_it_too() throws Exception {
        try (Rig rig = rig(10, 64);
                RawClient parked = rig.client();
                RawClient late = rig.client()) {
            rig.hold(LONG);
            parked.post("/orders", "one");
            rig.awaitParked(1);
            rig.writes("reject", LONG);
            assertThat(parked.answer().status()).isEqualTo(503);
            assertThat(late.post("/orders", "two").answer().status()).isEqualTo(503);
            assertThat(sourceTook).isEmpty();
        }
    }

    @Test
    void a_write_that_the_fence_refused_during_a_hold_waits_instead_of_failing() throws Exception {
        AtomicBoolean fenced = new AtomicBoolean(true);
        AtomicInteger asked = new AtomicInteger();
        Object gate = new Object();
        try (Rig rig = Rig.start(
                        folder,
                        ask -> {
                            if (!ask.method().equals("POST")) {
                                return HttpReply.text(200, "");
                            }
                            asked.incrementAndGet();
                            synchronized (gate) {
                                return fenced.get()
                                        ? HttpReply.text(503, "fenced").with("X-Bascule-Fenced", "true")
                                        : HttpReply.text(201, "made");
                            }
                        },
                        Rig.named("target"),
                        config -> config);
                RawClient client = rig.client()) {
            synchronized (gate) {
                client.post("/orders", "raced");
                Await.until("let through", () -> asked.get() == 1);
                rig.hold(LONG);
            }
            rig.awaitParked(1);
            fenced.set(false);
            rig.open();
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("x-bascule-parked")).isNotEmpty();
            assertThat(failed(rig)).isZero();
        }
    }

    @Test
    void a_fence_that_opens_a_moment_after_the_hold_ends_costs_no_write() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        try (Rig rig = Rig.start(
                        folder,
                        ask -> ask.method().equals("POST") && refused.getAndIncrement() < 3
                                ? HttpReply.text(503, "fenced").with("X-Bascule-Fenced", "true")
                                : HttpReply.text(201, "made"),
                        Rig.named("target"),
                        config -> config);
                RawClient client = rig.client()) {
            rig.hold(Duration.ofMillis(300));
            client.post("/orders", "x");
            assertThat(client.answer().status()).isEqualTo(201);
            assertThat(refused).hasValue(4);
            assertThat(failed(rig)).isZero();
        }
    }

    @Test
    void without_a_hold_the_fences_refusal_is_told() throws Exception {
        try (Rig rig = Rig.start(
                        folder,
                        _ -> HttpReply.text(503, "fenced").with("X-Bascule-Fenced", "true"),
                        Rig.named("target"),
                        config -> config);
                RawClient client = rig.client()) {
            RawClient.Answer answer = client.post("/orders", "x").answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("x-bascule-fenced")).isEqualTo("true");
        }
    }

    @Test
    void a_restarted_door_has_its_weights_and_its_lease() throws Exception {
        try (Rig rig = rig(10, 64)) {
            rig.weights(2500);
            Instant until = rig.hold(LONG);
            rig.restart();
            assertThat(Rig.read(rig.router().weights().observe(Rig.soon())).brief())
                    .isEqualTo("source=7500 target=2500");
            assertThat(Rig.read(rig.router().writes().observe(Rig.soon())).brief())
                    .isEqualTo("until=" + until + " writes=hold");
            try (RawClient client = rig.client().post("/orders", "after")) {
                rig.awaitParked(1);
                assertThat(client.socket().isConnected()).isTrue();
            }
        }
    }

    private static long failed(Rig rig) {
        return rig.router()
                .window(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1), Rig.soon())
                .window()
                .orElseThrow()
                .of(Side.SOURCE)
                .failed();
    }
}
