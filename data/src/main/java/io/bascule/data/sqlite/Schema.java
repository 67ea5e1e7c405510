package io.bascule.data.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the user has in a database; {@code bascule_…} and {@code sqlite_…} are not the user's. */
final class Schema {
    static final int KEY_COLUMNS_MOST = 8;

    private static final String USERS =
            " name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'bascule\\_%' ESCAPE '\\'";
    private static final Pattern COUNTED = Pattern.compile("\\bAUTOINCREMENT\\b", Pattern.CASE_INSENSITIVE);

    private Schema() {}

    private record Column(String name, String type, boolean notNull, int pk, int hidden) {}

    private record Kind(String name, String type, boolean withoutRowid) {}

    /** By name. */
    static Map<String, Table> tables(Db db, String schema) throws SQLException {
        Map<String, Table> tables = new TreeMap<>();
        for (Kind kind : kinds(db, schema)) {
            if (kind.type().equals("table")) {
                tables.put(kind.name(), table(db, schema, kind));
            }
        }
        return tables;
    }

    /** The names of {@link #tables}, cheaper. */
    static List<String> names(Db db, String schema) throws SQLException {
        return db.texts("SELECT name FROM " + schema + ".sqlite_master WHERE type = 'table' AND" + USERS
                + " AND sql NOT LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name");
    }

    /** Why this database cannot be fenced or carried, if so. */
    static Optional<String> unsupported(Db db, String schema) throws SQLException {
        for (Kind kind : kinds(db, schema)) {
            if (kind.type().equals("virtual")) {
                return Optional.of("virtual table " + kind.name() + " takes no triggers, so it cannot be fenced");
            }
        }
        for (Table table : tables(db, schema).values()) {
            if (table.hiddenKey()
                    && table.columns().stream().anyMatch(table.key().getFirst()::equalsIgnoreCase)) {
                return Optional.of("the rowid of table " + table.name() + " cannot be reached");
            }
        }
        String encoding = db.text("PRAGMA main.encoding").orElse("");
        return encoding.equals("UTF-8") ? Optional.empty() : Optional.of("its encoding is " + encoding + ", not UTF-8");
    }

    private static List<Kind> kinds(Db db, String schema) throws SQLException {
        return db.list(
                "SELECT name, type, wr FROM pragma_table_list WHERE schema = ? AND" + USERS + " ORDER BY name",
                rows -> new Kind(rows.getString(1), rows.getString(2), rows.getBoolean(3)),
                schema);
    }

    private static Table table(Db db, String schema, Kind kind) throws SQLException {
        String name = kind.name();
        List<Column> columns = db.list(
                "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?, ?)",
                rows -> new Column(
                        rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getInt(4), rows.getInt(5)),
                name,
                schema);
        List<Column> primary = columns.stream()
                .filter(column -> column.pk() > 0)
                .sorted(Comparator.comparingInt(Column::pk))
                .toList();
        boolean alias = isAlias(db, schema, kind, primary);
        boolean exact =
                kind.withoutRowid() || (!primary.isEmpty() && primary.stream().allMatch(Column::notNull));
        List<String> key = alias || exact
                ? primary.stream().map(column -> Table.quote(column.name())).toList()
                : List.of(rowid(columns));
        String sql = db.text("SELECT sql FROM " + schema + ".sqlite_master WHERE type = 'table' AND name = ?", name)
                .orElse("");
        return new Table(
                name,
                columns.stream()
                        .filter(column -> column.hidden() == 0)
                        .map(Column::name)
                        .toList(),
                key,
                !alias && !exact,
                alias || !exact,
                alias && COUNTED.matcher(sql).find(),
                uniques(db, schema, name));
    }

    /** {@code INTEGER PRIMARY KEY DESC} is no alias of the rowid, and has an index of its own. */
    private static boolean isAlias(Db db, String schema, Kind kind, List<Column> primary) throws SQLException {
        return !kind.withoutRowid()
                && primary.size() == 1
                && primary.getFirst().type().toUpperCase(Locale.ROOT).equals("INTEGER")
                && db.number("SELECT count(*) FROM pragma_index_list(?, ?) WHERE origin = 'pk'", kind.name(), schema)
                        == 0;
    }

    private static String rowid(List<Column> columns) {
        Set<String> taken = columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (String name : List.of("_rowid_", "rowid", "oid")) {
            if (!taken.contains(name)) {
                return name;
            }
        }
        return "_rowid_";
    }

    private static List<Table.Unique> uniques(Db db, String schema, String table) throws SQLException {
        List<Table.Unique> uniques = new ArrayList<>();
        for (String index : db.texts("SELECT name FROM pragma_index_list(?, ?) WHERE \"unique\" = 1", table, schema)) {
            List<String> columns = new ArrayList<>();
            List<String> collations = new ArrayList<>();
            db.list(
                    "SELECT name, coll FROM pragma_index_xinfo(?, ?) WHERE key = 1 ORDER BY seqno",
                    rows -> columns.add(Optional.ofNullable(rows.getString(1)).orElse(""))
                            && collations.add(rows.getString(2)),
                    index,
                    schema);
            uniques.add(new Table.Unique(columns, collations));
        }
        return uniques;
    }

    /** Everything of the user's that has a definition: {@code table orders} → its SQL; and the database's version. */
    static Map<String, String> definitions(Db db, String schema) throws SQLException {
        Map<String, String> all = new TreeMap<>();
        db.list(
                "SELECT type || ' ' || name, sql FROM " + schema + ".sqlite_master WHERE sql IS NOT NULL AND" + USERS,
                rows -> all.put(rows.getString(1), rows.getString(2)) == null);
        all.put("user_version", String.valueOf(db.number("PRAGMA " + schema + ".user_version")));
        return all;
    }

    /** The next-id counters of AUTOINCREMENT tables; 0 where none was given out. */
    static Map<String, Long> counters(Db db, String schema) throws SQLException {
        Map<String, Long> counters = new TreeMap<>();
        for (Table table : tables(db, schema).values()) {
            if (table.counted()) {
                counters.put(
                        table.name(),
                        db.number("SELECT max(seq) FROM " + schema + ".sqlite_sequence WHERE name = ?", table.name()));
            }
        }
        return counters;
    }
}
