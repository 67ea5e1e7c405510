package io.bascule.app.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path folder;

    private Path database(String... rows) throws Exception {
        Path file = folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders(id integer primary key, key text)");
            for (String row : rows) {
                statement.execute("insert into orders values (" + row + ")");
            }
        }
        return file;
    }

    @Test
    void a_write_that_is_there_once_balances() throws Exception {
        Ledger ledger = new Ledger();
        ledger.acknowledged("u-1", 7);
        ledger.unanswered("u-2");
        assertThat(ledger.balance(database("7, 'u-1'"))).isEqualTo(new Ledger.Balance(1, 1, 0, 0, 0));
    }

    @Test
    void a_lost_a_doubled_and_a_renumbered_write_are_found() throws Exception {
        Ledger ledger = new Ledger();
        ledger.acknowledged("u-1", 1);
        ledger.acknowledged("u-2", 2);
        ledger.acknowledged("u-3", 3);
        Ledger.Balance balance = ledger.balance(database("2, 'u-2'", "5, 'u-2'", "9, 'u-3'"));
        assertThat(balance.lost()).isEqualTo(1);
        assertThat(balance.doubled()).isEqualTo(1);
        assertThat(balance.otherIds()).isEqualTo(2);
    }
}
