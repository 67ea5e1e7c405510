package io.bascule.data.sqlite;

import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Tries to write as an application would, on a connection of its own, and takes it back whatever happens. */
final class FenceProof {
    private FenceProof() {}

    static Finding run(Db db) throws SQLException {
        List<String> attempts = new ArrayList<>();
        int tables = 0;
        for (Table table : Schema.tables(db, "main").values()) {
            tables++;
            attempts.addAll(attempts(db, table));
        }
        if (attempts.isEmpty()) {
            return Finding.of(new Verdict.NoData("there is no table to try a write on"), "tables", 0);
        }
        for (String attempt : attempts) {
            String answer = db.within("BEGIN IMMEDIATE", () -> answer(db, attempt), _ -> false);
            if (!answer.contains(Fence.REFUSAL)) {
                return Finding.of(
                        new Verdict.Fail("not refused by the fence: " + attempt + " (" + answer + ")"),
                        "attempt",
                        attempt);
            }
        }
        return Finding.of(
                new Verdict.Pass(attempts.size() + " writes to " + tables + " tables were refused by the fence"),
                "refusedWrites",
                attempts.size(),
                "tables",
                tables);
    }

    private static List<String> attempts(Db db, Table table) throws SQLException {
        List<String> attempts = new ArrayList<>();
        attempts.add("INSERT INTO " + table.quoted() + " DEFAULT VALUES");
        if (db.number("SELECT EXISTS (SELECT 1 FROM " + table.quoted() + ")") > 0) {
            String key = table.key().getFirst();
            String one = " WHERE " + key + " = (SELECT min(" + key + ") FROM " + table.quoted() + ")";
            String column = Table.quote(table.columns().getFirst());
            attempts.add("UPDATE " + table.quoted() + " SET " + column + " = " + column + one);
            attempts.add("DELETE FROM " + table.quoted() + one);
        }
        return attempts;
    }

    private static String answer(Db db, String attempt) throws SQLException {
        try {
            db.run(attempt);
            return "it went through";
        } catch (SQLException refused) {
            if (Db.isBusy(refused)) {
                throw refused;
            }
            return StoreActuator.why(refused);
        }
    }
}
