package io.bascule.data.sqlite;

import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@code main} with {@code other}: definitions, next-id counters, and every row in one pass over both in the
 * order of their keys. Both are read as they were at one instant each; nothing is kept in memory but a row of each.
 */
final class Comparison {
    private static final int KEYS_SHOWN_MOST = 10;
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    private final Db db;
    private final InstantSource clock;
    private final Deadline deadline;
    private final List<String> firstKeys = new ArrayList<>();
    private long rows;
    private long differences;

    Comparison(Db db, InstantSource clock, Deadline deadline) {
        this.db = db;
        this.clock = clock;
        this.deadline = deadline;
    }

    private record Row(List<Cell> key, List<Cell> cells) {
        int compareKey(Row other) {
            for (int i = 0; i < key.size(); i++) {
                int order = key.get(i).compareTo(other.key.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }

    /** Call once. */
    Finding run() throws SQLException {
        int tables = db.snapshot(() -> {
            compareMaps("", Schema.definitions(db, "main"), Schema.definitions(db, "other"));
            compareMaps("next id of ", Schema.counters(db, "main"), Schema.counters(db, "other"));
            return compareTables();
        });
        Verdict verdict = differences == 0
                ? new Verdict.Pass(rows + " rows in " + tables + " tables are the same on both sides")
                : new Verdict.Fail(differences + " differences, first " + firstKeys.getFirst());
        return Finding.of(
                verdict,
                "rowsCompared",
                rows,
                "tables",
                tables,
                "differences",
                differences,
                "firstKeys",
                String.join(", ", firstKeys));
    }

    private <T> void compareMaps(String what, Map<String, T> source, Map<String, T> target) {
        Set<String> names = new TreeSet<>(source.keySet());
        names.addAll(target.keySet());
        for (String name : names) {
            if (!Optional.ofNullable(source.get(name)).equals(Optional.ofNullable(target.get(name)))) {
                differ(what + name);
            }
        }
    }

    private void differ(String where) {
        differences++;
        if (firstKeys.size() < KEYS_SHOWN_MOST) {
            firstKeys.add(where);
        }
    }

    private int compareTables() throws SQLException {
        Map<String, Table> others = Schema.tables(db, "other");
        int tables = 0;
        for (Table table : Schema.tables(db, "main").values()) {
            Table other = others.get(table.name());
            if (other != null
                    && other.cells().equals(table.cells())
                    && other.key().equals(table.key())) {
                compareRows(table);
                tables++;
            }
        }
        return tables;
    }

    private void compareRows(Table table) throws SQLException {
        try (PreparedStatement main = db.prepare(select(table, "main"));
                PreparedStatement other = db.prepare(select(table, "other"));
                ResultSet mains = main.executeQuery();
                ResultSet others = other.executeQuery()) {
            Row left = next(table, mains);
            Row right = next(table, others);
            while (left != null || right != null) {
                lookAtTheClock();
                int order = order(left, right);
                rows++;
                Row at = order <= 0 ? left : right;
                if (order != 0 || !Objects.equals(left, right)) {
                    differ(name(table, at));
                }
                left = order <= 0 ? next(table, mains) : left;
                right = order >= 0 ? next(table, others) : right;
            }
        }
    }

    private static int order(@Nullable Row left, @Nullable Row right) {
        if (left == null) {
            return 1;
        }
        return right == null ? -1 : left.compareKey(right);
    }

    private static String name(Table table, @Nullable Row row) {
        return table.name() + ":"
                + (row == null ? "" : row.key().stream().map(Cell::toString).collect(Collectors.joining("/")));
    }

    private void lookAtTheClock() throws SQLException {
        if (rows % ROWS_BETWEEN_LOOKS != 0) {
            return;
        }
        if (Thread.currentThread().isInterrupted()
                || deadline.left(clock.instant()).isZero()) {
            throw new SQLException("the comparison ran out of time after " + rows + " rows");
        }
    }

    private static String select(Table table, String schema) {
        List<String> pairs = new ArrayList<>();
        for (String column : table.key()) {
            pairs.add("typeof(" + column + "), " + column);
        }
        for (String column : table.cells()) {
            pairs.add("typeof(" + column + "), " + column);
        }
        return "SELECT " + String.join(", ", pairs) + " FROM " + schema + "." + table.quoted() + " ORDER BY "
                + table.order();
    }

    private static @Nullable Row next(Table table, ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return null;
        }
        int keys = table.key().size();
        return new Row(cells(rows, 0, keys), cells(rows, keys, table.cells().size()));
    }

    private static List<Cell> cells(ResultSet rows, int from, int count) throws SQLException {
        List<Cell> cells = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            cells.add(Cell.read(rows, 2 * i + 1));
        }
        return cells;
    }
}
