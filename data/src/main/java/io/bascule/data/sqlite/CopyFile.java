package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A copy while it is built, beside the target. Nobody else knows its file. */
final class CopyFile {
    private static final List<String> SATELLITES = List.of("-wal", "-shm", "-journal");
    private static final String PARTIAL = ".partial-";

    private final Stores stores;
    private final String resource;
    private final Deadline deadline;
    private final Path partial;

    CopyFile(Stores stores, String resource, Deadline deadline) {
        this.stores = stores;
        this.resource = resource;
        this.deadline = deadline;
        this.partial = sibling(stores.target(), PARTIAL + UUID.randomUUID());
    }

    static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** A log without its database: SQLite would play it into whatever is put there. */
    static Optional<String> stray(Path database) {
        return SATELLITES.stream()
                .map(suffix -> sibling(database, suffix))
                .filter(Files::exists)
                .findFirst()
                .map(file -> file.getFileName() + " lies there without its database");
    }

    /** Afterwards the partial file is a whole, sound, closed copy on disk. */
    void build(String token, long epoch) throws SQLException, IOException {
        try (Db source = stores.open(Side.SOURCE, deadline)) {
            source.backupInto(partial);
        }
        List<String> tokens = tokens();
        try (Db copy = stores.open(partial, deadline)) {
            copy.immediate(() -> {
                claim(copy, token, epoch);
                for (String known : tokens) {
                    Controls.remember(copy, resource, known);
                }
                return true;
            });
            String sound = copy.text("PRAGMA quick_check").orElse("");
            if (!sound.equals("ok")) {
                throw new SQLException("the copy is not sound: " + sound);
            }
            copy.list("PRAGMA wal_checkpoint(TRUNCATE)", rows -> rows.getInt(1));
        }
        stores.probe().before("force " + PARTIAL);
        force(partial);
    }

    private List<String> tokens() throws SQLException {
        if (!stores.exists(Side.TARGET)) {
            return List.of();
        }
        try (Db target = stores.open(Side.TARGET, deadline)) {
            return Controls.has(target, "main", "bascule_token")
                    ? target.texts("SELECT token FROM main.bascule_token WHERE resource = ?", resource)
                    : List.of();
        }
    }

    /** Turns a page-by-page copy of the source into the target: closed, marked, with no past of its own. */
    private void claim(Db copy, String token, long epoch) throws SQLException {
        Controls.install(copy);
        FenceTriggers.install(copy);
        String marker = Controls.get(copy, Controls.MARKER).orElse("");
        copy.run("DELETE FROM main.bascule_state");
        copy.run("DELETE FROM main.bascule_token");
        copy.run("UPDATE main.bascule_fence SET state = 'closed', until_ms = 0, token = ?, epoch = 0, pass = 0", token);
        Controls.put(copy, Controls.OURS, stores.dataset());
        Controls.put(copy, Controls.COPY, UUID.randomUUID().toString());
        Controls.put(copy, Controls.COPY_EPOCH, String.valueOf(epoch));
        Controls.put(copy, Controls.MARKER, marker);
        Controls.remember(copy, resource, token);
    }

    /** The one act that makes it the target. */
    void putInPlace() throws SQLException, IOException {
        if (stores.exists(Side.TARGET)) {
            replace();
        } else {
            stores.probe().before("move into place");
            move();
            stores.probe().before("force folder");
            force(folder(stores.target()));
        }
        removeAll();
    }

    private void replace() throws SQLException {
        try (Db target = stores.open(Side.TARGET, deadline)) {
            target.restoreFrom(partial);
        } catch (SQLException broken) {
            if (Db.isBusy(broken)) {
                throw broken;
            }
            throw new UnsureException("putting the copy in place broke off: " + broken.getMessage(), broken);
        }
    }

    private void move() throws UnsureException {
        try {
            Files.move(partial, stores.target());
        } catch (IOException broken) {
            throw new UnsureException("putting the copy in place broke off: " + broken.getMessage(), broken);
        }
    }

    /** Only for files that no connection of this process has open: closing a channel drops SQLite's locks on it. */
    private static void force(Path file) throws IOException {
        boolean folder = Files.isDirectory(file);
        try (FileChannel channel =
                FileChannel.open(file, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Best effort; what stays is removed by the next copy. */
    void discard() {
        removeWhole(partial);
    }

    static void removeWhole(Path database) {
        remove(database);
        SATELLITES.forEach(suffix -> remove(sibling(database, suffix)));
    }

    private void removeAll() {
        String leftOvers = stores.target().getFileName() + PARTIAL + "*";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(stores.target()), leftOvers)) {
            files.forEach(CopyFile::remove);
        } catch (IOException ignored) {
            // nobody reads them
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // nobody reads it
        }
    }
}
