package io.bascule.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** A fresh store for a test. */
final class Database {
    private Database() {}

    static String sqlite(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("store.db");
    }

    /** A schema of its own in the server that {@code BASCULE_TEST_POSTGRES} names. */
    static String postgres() {
        String server = System.getenv("BASCULE_TEST_POSTGRES");
        Assumptions.assumeTrue(server != null && !server.isEmpty(), "BASCULE_TEST_POSTGRES names no server");
        String schema = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(server)) {
            Sql.run(connection, "create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }
}
