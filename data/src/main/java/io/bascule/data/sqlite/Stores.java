package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Where a dataset's two databases are, and how they are opened. */
record Stores(String dataset, Path source, Path target, InstantSource clock, Probe probe) {
    private static final Duration BUSY_MOST = Duration.ofSeconds(5);

    Path file(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    boolean exists(Side side) {
        return Files.exists(file(side));
    }

    Db open(Side side, Deadline deadline) throws SQLException {
        return open(file(side), deadline);
    }

    Db open(Path file, Deadline deadline) throws SQLException {
        Duration left = deadline.left(clock.instant());
        return Db.open(file, left.compareTo(BUSY_MOST) < 0 ? left : BUSY_MOST, probe);
    }

    /** {@code side} as {@code main}, the other as {@code other}. */
    Db openBoth(Side side, Deadline deadline) throws SQLException {
        Db db = open(side, deadline);
        try {
            db.attach(file(side.other()));
            return db;
        } catch (SQLException trouble) {
            db.close();
            throw trouble;
        }
    }

    boolean isLate(Instant notAfter) {
        return clock.instant().isAfter(notAfter);
    }
}
