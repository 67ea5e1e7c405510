package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.BackupStore;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * Backs up a live source into {@code INTO.backup} and restores that file into the scratch database INTO, which is then
 * open, independent, and none of the dataset's. A writer of a WAL source is not held up. After a crash the scratch
 * database is as before or restored.
 */
public final class SqliteBackup implements BackupStore {
    private final Stores stores;
    private final Path root;

    /**
     * @param target the dataset's target, which is never restored into
     * @param root what the plan's paths are relative to
     */
    public SqliteBackup(String dataset, Path source, Path target, Path root, InstantSource clock) {
        this.stores = new Stores(dataset, source, target, clock, Probe.NONE);
        this.root = root;
    }

    @Override
    public Finding backupAndRestore(String into, Deadline deadline) {
        Path scratch = root.resolve(into).toAbsolutePath().normalize();
        if (isOurs(scratch, stores.source()) || isOurs(scratch, stores.target())) {
            return Finding.of(new Verdict.Fail(into + " is a database of the dataset"));
        }
        if (Thread.currentThread().isInterrupted()
                || deadline.left(stores.clock().instant()).isZero()) {
            return Finding.of(new Verdict.Errored("interrupted, or no time left"));
        }
        try {
            return run(scratch, deadline);
        } catch (SQLException | IOException trouble) {
            return Finding.of(new Verdict.Errored(StoreActuator.why(trouble)));
        }
    }

    private static boolean isOurs(Path scratch, Path database) {
        return scratch.equals(database.toAbsolutePath().normalize());
    }

    private Finding run(Path scratch, Deadline deadline) throws SQLException, IOException {
        Instant taken = stores.clock().instant();
        Path backup = CopyFile.sibling(scratch, ".backup");
        CopyFile.removeWhole(backup);
        try (Db source = stores.open(Side.SOURCE, deadline)) {
            source.backupInto(backup);
        }
        Map<String, Long> expected = prepare(backup, deadline);
        restore(backup, scratch, deadline);
        try (Db restored = stores.open(scratch, deadline)) {
            String sound = restored.text("PRAGMA integrity_check").orElse("");
            Map<String, Long> found = count(restored);
            if (!sound.equals("ok") || !found.equals(expected)) {
                return Finding.of(new Verdict.Fail("the restored database is not the one backed up: " + sound));
            }
            long rows = found.values().stream().mapToLong(Long::longValue).sum();
            long age = Duration.between(taken, stores.clock().instant()).toSeconds();
            return Finding.of(
                    new Verdict.Pass(rows + " rows in " + found.size() + " tables were restored"),
                    "rows",
                    rows,
                    "tables",
                    found.size(),
                    "ageSeconds",
                    age);
        }
    }

    /** Takes our tables and triggers out, so that the restored database is nobody's but the tests'. */
    private Map<String, Long> prepare(Path backup, Deadline deadline) throws SQLException {
        try (Db db = stores.open(backup, deadline)) {
            Map<String, Long> counts = db.immediate(() -> {
                Controls.removeAll(db);
                return count(db);
            });
            db.list("PRAGMA wal_checkpoint(TRUNCATE)", rows -> rows.getInt(1));
            return counts;
        }
    }

    private void restore(Path backup, Path scratch, Deadline deadline) throws SQLException, IOException {
        if (!Files.exists(scratch)) {
            Files.createFile(scratch);
        }
        try (Db db = stores.open(scratch, deadline)) {
            db.restoreFrom(backup);
        }
    }

    private static Map<String, Long> count(Db db) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (Table table : Schema.tables(db, "main").values()) {
            counts.put(table.name(), db.number("SELECT count(*) FROM main." + table.quoted()));
        }
        return counts;
    }
}
