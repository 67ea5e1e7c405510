package io.bascule.data.sqlite;

import java.sql.SQLException;

/** Told before each statement and each act on a file, so that a test can fail or stop the carrier there. */
@FunctionalInterface
interface Probe {
    /** How the word on a statement begins that only reads. */
    String READ = "read: ";

    Probe NONE = _ -> {};

    void before(String what) throws SQLException;
}
