package io.bascule.data.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteCaptureTest {
    private final Shop shop;
    private final SqliteCarrier carrier;

    SqliteCaptureTest(@TempDir Path folder) {
        shop = Shop.rich(folder);
        carrier = shop.carrier();
        Shop.run(
                shop.source,
                "CREATE TABLE parent(id INTEGER PRIMARY KEY, name TEXT UNIQUE, size INT GENERATED ALWAYS AS (length(name)))",
                "CREATE TABLE child(a INTEGER NOT NULL, b TEXT NOT NULL COLLATE NOCASE,"
                        + " parent INTEGER REFERENCES parent(id) ON DELETE CASCADE ON UPDATE CASCADE, PRIMARY KEY(a, b))",
                "CREATE TABLE loose(v)",
                "INSERT INTO parent(id, name) VALUES(1, 'p1'), (2, 'p2'), (3, 'p3')",
                "INSERT INTO child VALUES(1, 'x', 1), (1, 'y', 1), (2, 'x', 2)",
                "INSERT INTO loose VALUES('l1'), ('l2'), (NULL)");
        Journey.to(carrier).over();
    }

    private void assertComesHome() {
        Journey.to(carrier).leased(Side.TARGET);
        Finding home = carrier.carryHome(Journey.soon());
        assertThat(home.verdict()).as(home.toString()).isInstanceOf(Verdict.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO orders(what) VALUES('a')",
                "INSERT OR REPLACE INTO parent(id, name) VALUES(9, 'p2')",
                "REPLACE INTO parent(name) VALUES('p3')",
                "UPDATE OR REPLACE parent SET name = 'p1' WHERE id = 3",
                "UPDATE OR REPLACE parent SET id = 1 WHERE id = 3",
                "UPDATE parent SET id = id + 100",
                "UPDATE parent SET name = CASE name WHEN 'p1' THEN 'p2x' WHEN 'p2' THEN 'p1' ELSE name END",
                "DELETE FROM parent WHERE id = 1",
                "DELETE FROM loose",
                "REPLACE INTO child VALUES(1, 'X', 2)",
                "UPDATE child SET b = upper(b)",
                "INSERT INTO loose VALUES(x'00FF'), (CAST(x'FF41' AS TEXT)), (1e400), (0.1), ('a' || char(0) || 'b')",
                "INSERT OR IGNORE INTO parent(id, name) VALUES(50, 'p1')",
                "INSERT INTO parent(id, name) VALUES(1, 'p') ON CONFLICT(id) DO UPDATE SET name = 'q'",
                "UPDATE loose SET rowid = rowid + 10"
            })
    void every_kind_of_write_comes_home(String sql) {
        Shop.run(shop.target, "PRAGMA foreign_keys = ON", sql);
        assertComesHome();
    }

    @Test
    void a_cascade_comes_home_as_what_it_did() {
        Shop.run(shop.target, "PRAGMA foreign_keys = ON", "DELETE FROM parent WHERE id = 1");
        assertComesHome();
        assertThat(Shop.ask(shop.source, "SELECT count(*) FROM child")).isEqualTo("1");
    }

    @Test
    void children_that_outlived_their_parent_come_home_too() {
        Shop.run(shop.target, "PRAGMA foreign_keys = OFF", "DELETE FROM parent WHERE id = 1");
        assertComesHome();
        assertThat(Shop.ask(shop.source, "SELECT count(*) FROM child")).isEqualTo("3");
    }

    @Test
    void the_sources_own_triggers_stay_silent_and_stay() {
        String audit = "SELECT count(*) FROM audit";
        shop.order(Side.TARGET, "a");
        assertComesHome();
        assertThat(Shop.ask(shop.source, audit)).isEqualTo(Shop.ask(shop.target, audit));
        Journey.to(carrier).closed(Side.TARGET).open(Side.SOURCE);
        long before = Long.parseLong(Shop.ask(shop.source, audit));
        shop.order(Side.SOURCE, "b");
        assertThat(Shop.ask(shop.source, audit)).isEqualTo(String.valueOf(before + 1));
    }

    @Test
    void a_write_that_was_rolled_back_is_no_gap() {
        Shop.run(
                shop.target,
                "BEGIN",
                "INSERT INTO orders(what) VALUES('a')",
                "ROLLBACK",
                "INSERT INTO orders(what) VALUES('b')");
        assertThat(carrier.reverseLag(Journey.soon()).facts()).containsEntry("lagRows", "2");
        assertComesHome();
    }

    @Test
    void a_gap_in_the_log_is_lost() {
        shop.order(Side.TARGET, "a");
        Shop.run(shop.target, "DELETE FROM bascule_reverse WHERE seq = 1");
        assertThat(Journey.observed(carrier.reverse()).get("reverse")).isEqualTo("lost");
        assertThat(carrier.reverseLag(Journey.soon()).verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orders ADD COLUMN more TEXT",
                "CREATE TABLE extra(x)",
                "DROP TRIGGER \"bascule_reverse_after_update:stock\"",
                "DROP TABLE loose",
                "ALTER TABLE loose RENAME TO tight",
                "DROP TABLE bascule_reverse"
            })
    void what_cannot_be_carried_home_is_lost(String sql) {
        Shop.run(shop.target, sql);
        assertThat(Journey.observed(carrier.reverse()).get("reverse")).isEqualTo("lost");
        assertThat(carrier.carryHome(Journey.soon()).verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_schema_that_was_touched_puts_the_way_at_risk() {
        Shop.writeUnseen(shop.target, "SELECT 1");
        assertThat(carrier.reverseLag(Journey.soon()).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertComesHome();
    }

    @Test
    void ids_near_their_end_put_the_way_at_risk() {
        Shop.run(shop.target, "INSERT INTO orders(id, what) VALUES(8000000000000000000, 'far')");
        assertThat(carrier.reverseLag(Journey.soon()).verdict()).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void a_capture_is_never_taken_for_lost_while_it_is_carried_from() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread carrying = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 25; i++) {
                shop.order(Side.TARGET, "x" + i);
                carrier.carryHome(Journey.soon());
            }
            over.set(true);
        });
        while (!over.get()) {
            assertThat(Journey.observed(carrier.reverse()).get("reverse")).isEqualTo("on");
            assertThat(carrier.reverseLag(Journey.soon()).verdict()).isInstanceOf(Verdict.Pass.class);
        }
        carrying.join();
        assertComesHome();
    }

    @Test
    void two_carriers_at_once_carry_each_row_home_once() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            shop.order(Side.TARGET, "x" + i);
        }
        Journey.to(carrier).leased(Side.TARGET);
        List<Finding> findings = new CopyOnWriteArrayList<>();
        List<Thread> both = List.of(carry(findings, carrier), carry(findings, shop.carrier()));
        for (Thread one : both) {
            one.join();
        }
        assertThat(findings).hasSize(2).allMatch(finding -> finding.verdict().passed());
    }

    private static Thread carry(List<Finding> findings, SqliteCarrier carrier) {
        return Thread.ofPlatform().start(() -> findings.add(carrier.carryHome(Journey.soon())));
    }

    @Test
    void many_random_writes_come_home_in_any_number_of_rides() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int ride = 0; ride < 4; ride++) {
            String[] writes = new String[60];
            for (int i = 0; i < writes.length; i++) {
                writes[i] = write(random);
            }
            Shop.run(shop.target, writes);
            Finding finding = carrier.carryHome(Journey.soon());
            assertThat(finding.facts()).as("seed %d: %s", seed, finding).containsEntry("leftRows", "0");
        }
        Journey.to(carrier).leased(Side.TARGET);
        Finding home = carrier.carryHome(Journey.soon());
        assertThat(home.verdict()).as("seed %d: %s", seed, home).isInstanceOf(Verdict.Pass.class);
    }

    private static String write(Random random) {
        int id = random.nextInt(30);
        int other = random.nextInt(30);
        return switch (random.nextInt(7)) {
            case 0 -> "INSERT INTO orders(what) VALUES('r" + id + "')";
            case 1 -> "UPDATE orders SET what = what || 'x' WHERE id % 7 = " + id % 7;
            case 2 -> "DELETE FROM orders WHERE id = " + id;
            case 3 -> "REPLACE INTO parent(id, name) VALUES(" + id + ", 'n" + other + "')";
            case 4 -> "UPDATE OR REPLACE parent SET id = " + other + " WHERE id = " + id;
            case 5 -> "REPLACE INTO child VALUES(" + id % 3 + ", '" + (char) ('a' + other % 5) + "', " + id + ")";
            default -> "INSERT INTO loose VALUES(" + other + ")";
        };
    }
}
