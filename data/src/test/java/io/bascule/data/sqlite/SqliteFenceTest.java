package io.bascule.data.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFenceTest {
    private final Shop shop;
    private final SqliteCarrier carrier;

    SqliteFenceTest(@TempDir Path folder) {
        shop = Shop.rich(folder);
        carrier = shop.carrier();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO orders(what) VALUES('x')",
                "INSERT OR IGNORE INTO orders(what) VALUES('x')",
                "INSERT OR REPLACE INTO orders(id, what) VALUES(1, 'x')",
                "INSERT OR FAIL INTO stock VALUES('bed', 1)",
                "REPLACE INTO stock VALUES('chair', 1)",
                "INSERT INTO stock VALUES('chair', 1) ON CONFLICT DO UPDATE SET left = 0",
                "UPDATE OR IGNORE orders SET what = 'x'",
                "UPDATE orders SET id = id + 10",
                "DELETE FROM orders",
                "DELETE FROM audit WHERE rowid = 1"
            })
    void every_kind_of_write_is_refused_in_the_same_words(String sql) {
        String before = Shop.content(shop.source);
        Journey.to(carrier).leased(Side.SOURCE);
        assertThatThrownBy(() -> {
                    try (Connection connection = Shop.connect(shop.source);
                            Statement statement = connection.createStatement()) {
                        statement.executeUpdate(sql);
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("[SQLITE_CONSTRAINT_TRIGGER] ")
                .hasMessageEndingWith("(bascule: fenced)");
        assertThat(Shop.content(shop.source)).isEqualTo(before);
    }

    @Test
    void a_statement_prepared_before_the_fence_is_refused() throws SQLException {
        try (Connection connection = Shop.connect(shop.source);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders(what) VALUES('x')")) {
            assertThat(insert.executeUpdate()).isEqualTo(1);
            Journey.to(carrier).leased(Side.SOURCE);
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("bascule: fenced");
            Journey.to(carrier).open(Side.SOURCE);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void a_transaction_under_way_ends_before_the_fence_or_holds_it_up() throws SQLException {
        try (Connection connection = Shop.connect(shop.source);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("INSERT INTO orders(what) VALUES('under way')");
            Outcome outcome = Journey.ask(impatient().fence(Side.SOURCE), Image.of("fence", "closed"));
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(((Outcome.Refused) outcome).again()).isTrue();
            statement.execute("COMMIT");
        }
        Journey.to(carrier).closed(Side.SOURCE);
    }

    /** Its clock stands just before every deadline, so that it waits for no lock. */
    private SqliteCarrier impatient() {
        return new SqliteCarrier(
                "orders", shop.source, shop.target, () -> Instant.now().plusMillis(29_500));
    }

    @Test
    void the_first_write_after_a_lease_ends_it_for_good() {
        Instant until = Instant.ofEpochMilli(System.currentTimeMillis() + 300);
        String text = until.toString().length() == 20 ? until.toString().replace("Z", ".000Z") : until.toString();
        Outcome leased = Journey.ask(carrier.fence(Side.SOURCE), Image.of("fence", "leased", "until", text));
        assertThat(leased).isInstanceOf(Outcome.Done.class);
        while (shop.order(Side.SOURCE, "x").isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(Instant.now()).isAfter(until);
        assertThat(Shop.ask(shop.source, "SELECT state FROM bascule_fence")).isEqualTo("open");
    }

    @Test
    void a_table_made_behind_the_fence_is_a_hole_and_the_fence_is_open() {
        Journey.to(carrier).closed(Side.SOURCE);
        Shop.run(shop.source, "CREATE TABLE late(x)", "INSERT INTO late VALUES(1)");
        Image image = Journey.observed(carrier.fence(Side.SOURCE));
        assertThat(image.get("fence")).isEqualTo("open");
        assertThat(image.context().get("hole")).contains("late");
        assertThat(carrier.provesFenced(Side.SOURCE, Journey.soon()).verdict()).isInstanceOf(Verdict.Fail.class);
        Journey.to(carrier).closed(Side.SOURCE);
        assertThat(carrier.provesFenced(Side.SOURCE, Journey.soon()).verdict()).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void a_virtual_table_cannot_be_fenced_and_is_a_hole_when_made_later() {
        Journey.to(carrier).closed(Side.SOURCE);
        Shop.run(shop.source, "CREATE VIRTUAL TABLE words USING fts5(word)");
        assertThat(Journey.observed(carrier.fence(Side.SOURCE)).get("fence")).isEqualTo("open");
        assertThat(Journey.ask(carrier.fence(Side.SOURCE), Image.of("fence", "closed")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(carrier.fence(Side.SOURCE).authorise(Journey.soon())).isInstanceOf(Authority.Denied.class);
    }

    @Test
    void a_database_without_write_ahead_log_goes_over_and_back_too() {
        Shop.run(shop.source, "PRAGMA journal_mode = DELETE");
        Journey journey = Journey.to(carrier).over();
        shop.order(Side.TARGET, "x");
        journey.closed(Side.TARGET);
        assertThat(carrier.carryHome(Journey.soon()).verdict()).isInstanceOf(Verdict.Pass.class);
        journey.open(Side.SOURCE);
        assertThat(Shop.ask(shop.source, "PRAGMA journal_mode")).isEqualTo("delete");
    }

    @Test
    void a_target_with_rows_of_somebody_else_is_left_alone() {
        Shop.run(shop.target, "CREATE TABLE theirs(x)", "INSERT INTO theirs VALUES(1)");
        Journey.to(carrier).leased(Side.SOURCE);
        assertThat(Journey.ask(carrier.copy(), Image.of("copy", "done"))).isInstanceOf(Outcome.Refused.class);
        assertThat(Shop.ask(shop.target, "SELECT x FROM theirs")).isEqualTo("1");
        Journey.to(carrier).open(Side.SOURCE);
    }

    @Test
    void a_log_without_its_database_is_not_played_into_the_copy() throws IOException {
        Files.writeString(shop.target.resolveSibling("target.db-wal"), "left over");
        Journey.to(carrier).leased(Side.SOURCE);
        assertThat(Journey.ask(carrier.copy(), Image.of("copy", "done"))).isInstanceOf(Outcome.Refused.class);
        assertThat(shop.target).doesNotExist();
    }

    @Test
    void a_dead_target_does_not_keep_the_source_from_opening() throws IOException {
        Journey journey = Journey.to(carrier).over().closed(Side.TARGET);
        Files.writeString(shop.target, "no database any more, and long enough to be read as one\n".repeat(99));
        assertThat(Journey.observed(carrier.reverse()).get("reverse")).isEqualTo("lost");
        assertThat(carrier.reverseLag(Journey.soon()).verdict()).isInstanceOf(Verdict.Fail.class);
        journey.open(Side.SOURCE);
        assertThat(shop.order(Side.SOURCE, "x")).isPresent();
    }

    @Test
    void a_copy_lasts_through_a_longer_lease_and_its_end() {
        Journey journey = Journey.to(carrier).copied().leased(Side.SOURCE).closed(Side.SOURCE);
        assertThat(Journey.observed(carrier.copy()).get("copy")).isEqualTo("done");
        assertThat(carrier.drained(Side.SOURCE, Journey.soon()).verdict()).isInstanceOf(Verdict.Pass.class);
        journey.open(Side.SOURCE);
        assertThat(Journey.observed(carrier.copy()).get("copy")).isEqualTo("none");
    }

    @Test
    void a_dropped_trigger_is_a_hole() {
        Journey.to(carrier).closed(Side.SOURCE);
        Shop.run(shop.source, "DROP TRIGGER \"bascule_fence_delete:orders\"");
        assertThat(Journey.observed(carrier.fence(Side.SOURCE)).get("fence")).isEqualTo("open");
    }

    @Test
    void an_id_that_cannot_grow_keeps_the_side_closed() {
        Journey.to(carrier).copied().captured().sourceClosed();
        Shop.writeUnseen(shop.target, "INSERT INTO orders(id, what) VALUES(" + Long.MAX_VALUE + ", 'last')");
        assertThat(Journey.ask(carrier.fence(Side.TARGET), Image.of("fence", "open")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(carrier.identity(Side.TARGET, Journey.soon()).verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_counter_behind_its_table_is_found_and_put_right_by_opening() {
        Shop.run(shop.source, "UPDATE orders SET id = 1000 WHERE id = 5");
        assertThat(carrier.identity(Side.SOURCE, Journey.soon()).verdict()).isInstanceOf(Verdict.Fail.class);
        Journey.to(carrier).closed(Side.SOURCE).open(Side.SOURCE);
        assertThat(carrier.identity(Side.SOURCE, Journey.soon()).verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(shop.order(Side.SOURCE, "x")).hasValue(1001);
    }

    @Test
    void a_file_that_is_no_database_is_unseen_and_an_answer() {
        SqliteCarrier lost =
                new SqliteCarrier("orders", shop.source.resolveSibling("no.db"), shop.target, Instant::now);
        assertThat(lost.fence(Side.SOURCE).observe(Journey.soon())).isInstanceOf(Reading.Unseen.class);
        assertThat(lost.copy().observe(Journey.soon())).isNotNull();
        assertThat(lost.compare(Journey.soon()).verdict().passed()).isFalse();
        assertThat(lost.carryHome(Journey.soon()).verdict()).isInstanceOf(Verdict.Errored.class);
        assertThat(lost.identity(Side.SOURCE, Journey.soon()).verdict()).isInstanceOf(Verdict.Errored.class);
    }
}
