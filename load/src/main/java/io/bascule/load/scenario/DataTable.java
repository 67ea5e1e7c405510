package io.bascule.load.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of values for visits.
 *
 * @param columns what the values are called
 * @param rows at least one, each with a value for every column
 * @param random whether a visit takes any row; otherwise they are taken in turn, and again from the first
 */
public record DataTable(List<String> columns, List<List<String>> rows, boolean random) {

    /** Copies what it is given. */
    public DataTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** The row for a visit, {@code chance} being any number. */
    Map<String, String> row(long arrival, long chance) {
        List<String> row = rows.get((int) Math.floorMod(random ? chance : arrival, (long) rows.size()));
        var values = new HashMap<String, String>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), row.get(i));
        }
        return values;
    }

    /** A fault in CSV text: where, and what. */
    public record Fault(int line, String what) {}

    /**
     * Reads CSV as of RFC 4180, the first line naming the columns. Faults are added to the list, at most ten of them; then
     * the table is not to be used.
     */
    public static DataTable ofCsv(String text, boolean random, List<Fault> faults) {
        List<Row> rows = rows(text.startsWith("\uFEFF") ? text.substring(1) : text, faults);
        if (rows.isEmpty()) {
            faults.add(new Fault(1, "the file is empty; its first line names the columns"));
            return new DataTable(List.of(), List.of(), random);
        }
        List<String> columns = rows.getFirst().values();
        for (String column : columns) {
            if (!column.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
                faults.add(new Fault(1, "'" + column + "' is no name of a column (letters, digits, _ and -)"));
            } else if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                faults.add(new Fault(1, "the column '" + column + "' is there twice"));
            }
        }
        if (rows.size() == 1) {
            faults.add(new Fault(1, "there is no row below the columns' names"));
        }
        var values = new ArrayList<List<String>>();
        for (Row row : rows.subList(1, rows.size())) {
            if (row.values().size() != columns.size() && faults.size() < FAULTS_MAX) {
                faults.add(new Fault(
                        row.line(),
                        "expected " + columns.size() + " values as in the first line, found "
                                + row.values().size()));
            }
            values.add(row.values());
        }
        return new DataTable(columns, values, random);
    }

    private static final int FAULTS_MAX = 10;

    private record Row(int line, List<String> values) {}

    private static List<Row> rows(String text, List<Fault> faults) {
        var rows = new ArrayList<Row>();
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        int line = 1;
        int from = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            }
            if (quoted) {
                if (c != '"') {
                    value.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    value.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && value.isEmpty() && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (c == '"') {
                if (faults.size() < FAULTS_MAX) {
                    faults.add(
                            new Fault(line, "a quote stands within a value; put the value into quotes and double it"));
                }
            } else if (c == ',') {
                values.add(value.toString());
                value.setLength(0);
                wasQuoted = false;
            } else if (c == '\n') {
                add(rows, values, value, wasQuoted, from);
                wasQuoted = false;
                from = line;
            } else if (c != '\r') {
                value.append(c);
            }
        }
        if (quoted) {
            faults.add(new Fault(from, "a quote is never closed"));
        }
        add(rows, values, value, wasQuoted, from);
        return rows;
    }

    /** Ends a line; an empty one is no row. */
    private static void add(List<Row> rows, List<String> values, StringBuilder value, boolean wasQuoted, int line) {
        if (!values.isEmpty() || !value.isEmpty() || wasQuoted) {
            values.add(value.toString());
            rows.add(new Row(line, List.copyOf(values)));
        }
        values.clear();
        value.setLength(0);
    }
}
