package io.bascule.app.world;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the users believe they have written: kept by them, not by the system. An acknowledged write must be in the
 * database exactly once, under the id it was answered with. Thread-safe.
 */
final class Ledger {
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Set<String> unanswered = new HashSet<>();

    /** The users' writes held against a database. */
    record Balance(long acknowledged, long unanswered, long lost, long doubled, long otherIds) {}

    synchronized void acknowledged(String key, long id) {
        acknowledged.put(key, id);
    }

    /** Failed, or never answered: it may be there or not, but not twice. */
    synchronized void unanswered(String key) {
        unanswered.add(key);
    }

    /** @throws SQLException when the database cannot be read */
    synchronized Balance balance(Path database) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        long doubled = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select key, id from orders where key like 'u-%'")) {
            while (rows.next()) {
                doubled += found.put(rows.getString(1), rows.getLong(2)) == null ? 0 : 1;
            }
        }
        long lost = 0;
        long otherIds = 0;
        for (Map.Entry<String, Long> write : acknowledged.entrySet()) {
            Long id = found.get(write.getKey());
            lost += id == null ? 1 : 0;
            otherIds += id != null && !id.equals(write.getValue()) ? 1 : 0;
        }
        return new Balance(acknowledged.size(), unanswered.size(), lost, doubled, otherIds);
    }
}
