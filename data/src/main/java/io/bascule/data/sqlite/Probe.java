package io.bascule.data.sqlite;

import java.sql.SQLException;

/** Told before each statement and each act on a file, so that a test can fail or stop the carrier there. */
@FunctionalInterface
interface Probe {
    Probe NONE = _ -> {};

    void before(String what) throws SQLException;
}
