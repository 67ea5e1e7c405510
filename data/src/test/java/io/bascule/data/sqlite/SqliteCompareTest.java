package io.bascule.data.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Finding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteCompareTest {
    private final Shop shop;

    SqliteCompareTest(@TempDir Path folder) {
        shop = Shop.rich(folder);
        Shop.run(
                shop.source,
                "CREATE TABLE any(id INTEGER PRIMARY KEY, v)",
                "INSERT INTO any VALUES(-9223372036854775808, 'least'), (1, 'first'), (2, 'v'), (3, 'w'),"
                        + " (9007199254740992, 'a'), (9007199254740993, 'b'), (9223372036854775807, 'most')",
                "CREATE TABLE keyed(a INTEGER NOT NULL, b TEXT NOT NULL COLLATE NOCASE, v, PRIMARY KEY(a, b))",
                "INSERT INTO keyed VALUES(1, 'x', 1), (1, 'Y', 2), (1, 'z', 3), (2, 'x', 4)",
                "CREATE TABLE loose(v)",
                "INSERT INTO loose VALUES(NULL), (NULL), ('x'), ('x')");
    }

    private Finding compare() {
        return shop.carrier().compare(Journey.soon());
    }

    /** Both sides hold the first value; then the target is given the second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NULL         | ''",
                "NULL         | '<null>'",
                "1            | '1'",
                "1            | 1.0",
                "'a'          | 'a '",
                "'a'          | 'A'",
                "x'61'        | 'a'",
                "x''          | ''",
                "x'01'        | x'0100'",
                "0.1          | 0.10000000000000002",
                "9007199254740993 | 9007199254740992",
                "CAST(x'FF41' AS TEXT) | CAST(x'FE41' AS TEXT)",
                "CAST(x'610062' AS TEXT) | CAST(x'610063' AS TEXT)",
                "CAST(x'C3A9' AS TEXT) | CAST(x'65CC81' AS TEXT)",
                "1e300        | 9e999"
            })
    void values_that_differ_in_anything_differ(String source, String target) {
        Shop.run(shop.source, "UPDATE any SET v = " + source + " WHERE id = 2");
        Journey.to(shop.carrier()).copied();
        assertThat(compare().verdict().passed()).isTrue();
        Shop.writeUnseen(shop.target, "UPDATE any SET v = " + target + " WHERE id = 2");
        assertOne("any:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELETE FROM any WHERE v = 'least'   | any:-9223372036854775808",
                "DELETE FROM any WHERE v = 'most'    | any:9223372036854775807",
                "DELETE FROM any WHERE id = 3        | any:3",
                "DELETE FROM any WHERE v = 'b'       | any:9007199254740993",
                "INSERT INTO any VALUES(7, 'new')    | any:7",
                "UPDATE keyed SET b = 'y' WHERE v = 2 | keyed:1/Y",
                "DELETE FROM keyed WHERE v = 4       | keyed:2/x",
                "DELETE FROM loose WHERE rowid = 2   | loose:2",
                "DELETE FROM stock WHERE sku = 'chair' | stock:chair",
                "CREATE INDEX more ON orders(what)   | index more",
                "DROP VIEW order_count               | view order_count",
                "PRAGMA user_version = 7             | user_version",
                "UPDATE sqlite_sequence SET seq = 99 WHERE name = 'orders' | next id of orders"
            })
    void whatever_is_missing_or_too_many_is_found(String sql, String first) {
        Journey.to(shop.carrier()).copied();
        Shop.writeUnseen(shop.target, sql.trim());
        Finding finding = compare();
        assertThat(finding.verdict().passed()).isFalse();
        assertThat(finding.facts().getOrDefault("firstKeys", "")).startsWith(first);
    }

    @Test
    void two_rows_that_swap_a_value_are_two_differences() {
        Journey.to(shop.carrier()).copied();
        Shop.writeUnseen(shop.target, "UPDATE any SET v = CASE id WHEN 2 THEN 'w' ELSE 'v' END WHERE id IN (2, 3)");
        assertThat(compare().facts()).containsEntry("differences", "2").containsEntry("firstKeys", "any:2, any:3");
    }

    @Test
    void a_target_that_is_not_there_is_not_the_same() {
        assertThat(compare().verdict().passed()).isFalse();
    }

    private void assertOne(String key) {
        Finding finding = compare();
        assertThat(finding.verdict().passed()).isFalse();
        assertThat(finding.facts()).containsEntry("differences", "1").containsEntry("firstKeys", key);
    }
}
