package io.bascule.embedded.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.embedded.http.Await;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {
    private static final String ORDER = "{\"user\":\"ana\",\"key\":\"k\",\"amount\":7}";

    @TempDir
    Path home;

    private Shop shop() throws Exception {
        TestShop.database(home, "source/shop.db");
        TestShop.configure(home, "source", "database=source/shop.db");
        return TestShop.start(home, "source");
    }

    @Test
    void each_order_is_one_row_with_an_identity_of_the_database() throws Exception {
        try (Shop shop = shop()) {
            assertThat(TestShop.call(shop, "POST", "/orders", ORDER).body()).isEqualTo("{\"id\":51}\n");
            assertThat(TestShop.call(shop, "POST", "/orders", ORDER).body()).isEqualTo("{\"id\":52}\n");
            assertThat(TestShop.call(shop, "GET", "/orders/52", "").body()).contains("\"user\":\"ana\"");
            assertThat(TestShop.call(shop, "GET", "/orders?limit=2", "").body()).contains("\"id\":51", "\"id\":52");
            assertThat(TestShop.call(shop, "GET", "/orders/99", "").status()).isEqualTo(404);
            assertThat(TestShop.call(shop, "POST", "/orders", "{}").status()).isEqualTo(400);
        }
    }

    @Test
    void a_fenced_write_is_told_as_such_and_the_probe_leaves_no_trace() throws Exception {
        try (Shop shop = shop()) {
            Path database = home.resolve("source/shop.db");
            assertThat(TestShop.call(shop, "POST", "/fence-probe", "").status()).isEqualTo(200);
            TestShop.fence(database, true);
            for (String path : List.of("/fence-probe", "/orders", "/jobs/invoices/run-once")) {
                Answered answer = TestShop.call(shop, "POST", path, ORDER);
                assertThat(answer.status()).as(path).isEqualTo(503);
                assertThat(answer.headers())
                        .containsEntry("x-bascule-fenced", "true")
                        .containsEntry("retry-after", "1")
                        .containsEntry("cache-control", "no-store");
            }
            TestShop.fence(database, false);
            assertThat(TestShop.call(shop, "POST", "/orders", ORDER).body()).isEqualTo("{\"id\":51}\n");
        }
    }

    @Test
    void a_database_that_comes_later_is_opened_when_it_is_there() throws Exception {
        TestShop.configure(home, "target", "database=target/scratch.db");
        try (Shop shop = TestShop.start(home, "target")) {
            assertThat(TestShop.call(shop, "GET", "/health", "").status()).isEqualTo(503);
            assertThat(TestShop.call(shop, "GET", "/status", "").body())
                    .contains("\"database\":\"target/scratch.db\"", "\"writable\":false", "\"healthy\":false");
            assertThat(home.resolve("target/scratch.db")).doesNotExist();
            TestShop.database(home, "target/scratch.db");
            TestShop.awaitDatabase(shop, "target/scratch.db");
        }
    }

    @Test
    void a_changed_file_moves_the_shop_without_a_restart_or_a_failed_request() throws Exception {
        TestShop.database(home, "target/shop.db");
        try (Shop shop = shop()) {
            AtomicInteger failed = new AtomicInteger();
            Thread user = Thread.ofPlatform().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    int status = TestShop.call(shop, "GET", "/", "").status();
                    failed.addAndGet(status == 200 ? 0 : 1);
                    Thread.onSpinWait();
                }
            });
            TestShop.configure(home, "source", "database=target/shop.db");
            TestShop.awaitDatabase(shop, "target/shop.db");
            user.interrupt();
            user.join();
            assertThat(failed).hasValueLessThanOrEqualTo(1); // the one that was interrupted
        }
    }

    @Test
    void a_leased_database_falls_back_by_itself() throws Exception {
        TestShop.database(home, "target/shop.db");
        try (Shop shop = shop()) {
            Instant until = Instant.now().plusMillis(800);
            leased(until);
            TestShop.awaitDatabase(shop, "target/shop.db");
            TestShop.awaitDatabase(shop, "source/shop.db");
            assertThat(Instant.now()).isAfterOrEqualTo(until);
        }
    }

    @Test
    void nothing_falls_back_to_a_database_whose_fence_is_closed() throws Exception {
        TestShop.database(home, "target/shop.db");
        try (Shop shop = shop()) {
            TestShop.fence(home.resolve("source/shop.db"), true);
            Instant until = Instant.now().plusMillis(400);
            leased(until);
            TestShop.awaitDatabase(shop, "target/shop.db");
            Await.until("past the deadline", () -> Instant.now().isAfter(until.plusMillis(400)));
            TestShop.awaitDatabase(shop, "target/shop.db");
            assertThat(TestShop.call(shop, "POST", "/orders", ORDER).status()).isEqualTo(201);
        }
    }

    private void leased(Instant until) throws Exception {
        TestShop.configure(
                home, "source", "database=target/shop.db", "database.until=" + until, "database.else=source/shop.db");
    }

    @Test
    void a_file_that_makes_no_sense_leaves_the_shop_where_it_is() throws Exception {
        try (Shop shop = shop()) {
            TestShop.configure(home, "source", "database.until=never");
            Files.delete(home.resolve("source/app.properties"));
            assertThat(TestShop.call(shop, "POST", "/orders", ORDER).status()).isEqualTo(201);
        }
    }

    @Test
    void invoices_are_made_while_the_job_runs_and_it_remembers_its_state() throws Exception {
        Path database = home.resolve("source/shop.db");
        try (Shop shop = shop()) {
            TestShop.call(shop, "POST", "/orders", ORDER);
            Await.until("an invoice", () -> TestShop.count(database, "invoices") == 51);
            assertThat(TestShop.call(shop, "POST", "/jobs/invoices/pause", "").status())
                    .isEqualTo(200);
            TestShop.call(shop, "POST", "/orders", ORDER);
            assertThat(TestShop.call(shop, "POST", "/jobs/invoices/run-once", "")
                            .status())
                    .isEqualTo(409);
        }
        try (Shop shop = TestShop.start(home, "source")) {
            assertThat(TestShop.call(shop, "GET", "/jobs/invoices", "").body()).contains("\"state\":\"paused\"");
            assertThat(TestShop.count(database, "invoices")).isEqualTo(51);
            TestShop.call(shop, "POST", "/jobs/invoices/resume", "");
            Await.until("the next invoice", () -> TestShop.count(database, "invoices") == 52);
        }
    }

    @Test
    void faults_are_made_on_purpose_and_only_with_the_token() throws Exception {
        try (Shop shop = shop();
                RawClient stranger = new RawClient(shop.uri())) {
            assertThat(stranger.post("/fault?errors=100", "").answer().status()).isEqualTo(401);
            TestShop.call(shop, "POST", "/fault?errors=100&slow=1", "");
            assertThat(TestShop.call(shop, "GET", "/", "").status()).isEqualTo(500);
            assertThat(TestShop.call(shop, "GET", "/health", "").status()).isEqualTo(200);
            TestShop.call(shop, "POST", "/fault", "");
            assertThat(TestShop.call(shop, "GET", "/", "").status()).isEqualTo(200);
        }
    }

    @Test
    void it_is_fast_enough_for_the_demo() throws Exception {
        try (Shop shop = shop()) {
            List<Thread> users = new ArrayList<>();
            long start = System.nanoTime();
            for (int u = 0; u < 4; u++) {
                users.add(Thread.ofPlatform().start(() -> read(shop, 1500)));
            }
            for (Thread user : users) {
                user.join();
            }
            double perSecond = 6000 / ((System.nanoTime() - start) / 1e9);
            assertThat(perSecond).as("requests per second, cold").isGreaterThan(600);
        }
    }

    private static void read(Shop shop, int requests) {
        try (RawClient client = new RawClient(shop.uri())) {
            for (int i = 0; i < requests; i++) {
                client.get(i % 2 == 0 ? "/" : "/orders/7");
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
