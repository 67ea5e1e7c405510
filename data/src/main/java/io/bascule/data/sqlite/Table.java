package io.bascule.data.sqlite;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the user's, as far as carrying it goes.
 *
 * @param columns stored columns by name, generated ones left out
 * @param key what tells rows apart, as quoted columns: the integer primary key, the primary key when it cannot hold
 *     NULL, else the rowid
 * @param hiddenKey whether the key is a rowid that is no column
 * @param integerKey whether the key is the rowid
 * @param counted whether it is AUTOINCREMENT
 * @param uniques its unique indexes
 */
record Table(
        String name,
        List<String> columns,
        List<String> key,
        boolean hiddenKey,
        boolean integerKey,
        boolean counted,
        List<Unique> uniques) {

    /** @param columns quoted, with the index's collation */
    record Unique(List<String> columns, List<String> collations) {}

    String quoted() {
        return quote(name);
    }

    /** Everything that a row is made of: the columns, and the rowid where it is the key and no column. */
    List<String> cells() {
        List<String> quoted = columns.stream().map(Table::quote).collect(Collectors.toList());
        if (hiddenKey) {
            quoted.addAll(0, key);
        }
        return quoted;
    }

    /** The key in an order that does not depend on collations. */
    String order() {
        String binary = integerKey ? "" : " COLLATE BINARY";
        return key.stream().map(column -> column + binary).collect(Collectors.joining(", "));
    }

    static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
