package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The COPY of a dataset. A copy is built beside the target and put in place in one act, closed; a crash before that act
 * leaves what was there before (and a partial file that the next copy removes). A copy that the source has outrun,
 * because its fence fell open before the target was opened, is observed as {@code none}.
 */
final class CopyActuator extends StoreActuator {
    private static final Image NONE = Image.of("copy", "none");
    private static final Image DONE = Image.of("copy", "done");

    CopyActuator(Stores stores) {
        super(stores, Resource.copy(stores.dataset()).toString());
    }

    @Override
    Authority may(Deadline deadline) throws SQLException, IOException {
        Path folder = CopyFile.folder(stores.target());
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return new Authority.Denied(folder + " is no folder that can be written to");
        }
        long needed = 2 * Files.size(stores.source());
        if (Files.getFileStore(folder).getUsableSpace() < needed) {
            return new Authority.Denied("less than " + needed + " bytes free for the copy and its making");
        }
        try (Db db = stores.open(Side.SOURCE, deadline)) {
            Optional<String> unsupported = Schema.unsupported(db, "main");
            return unsupported.isPresent() ? new Authority.Denied(unsupported.get()) : new Authority.Granted();
        }
    }

    @Override
    Image look(Deadline deadline) throws SQLException {
        if (!stores.exists(Side.TARGET)) {
            return NONE.withContext("database", "absent");
        }
        if (!stores.exists(Side.SOURCE)) {
            return lookAlone(deadline);
        }
        try (Db db = stores.openBoth(Side.TARGET, deadline)) {
            return db.snapshot(() -> {
                Optional<String> stale = Copied.stale(db, "main", "other");
                return stale.isEmpty()
                        ? DONE.withContext(
                                "copy-id", Controls.get(db, Controls.COPY).orElse(""))
                        : NONE.withContext("why", stale.get());
            });
        }
    }

    private Image lookAlone(Deadline deadline) throws SQLException {
        try (Db db = stores.open(Side.TARGET, deadline)) {
            if (Controls.get(db, Controls.COPY).isEmpty()) {
                return NONE;
            }
            if (Controls.get(db, Controls.OPENED).isPresent()) {
                return DONE;
            }
            throw new SQLException("there is no database at " + stores.source() + " to hold the copy against");
        }
    }

    @Override
    Outcome change(Change change, Deadline deadline) throws SQLException, IOException {
        if (!change.wanted().sameState(DONE) && !change.wanted().sameState(NONE)) {
            return refused("not a state of a copy: " + change.wanted().brief());
        }
        if (repeated(change, deadline)) {
            return done(change);
        }
        Image is = look(deadline);
        if (is.sameState(change.wanted())) {
            return done(change);
        }
        Outcome weighed = weigh(change, is);
        if (!isDone(weighed)) {
            return weighed;
        }
        return change.wanted().sameState(DONE) ? copy(change, deadline) : disarm(change, deadline);
    }

    private boolean repeated(Change change, Deadline deadline) throws SQLException {
        if (!stores.exists(Side.TARGET)) {
            return false;
        }
        try (Db db = stores.open(Side.TARGET, deadline)) {
            return Controls.knows(db, resource, change.token());
        }
    }

    private Outcome disarm(Change change, Deadline deadline) throws SQLException {
        try (Db db = stores.open(Side.TARGET, deadline)) {
            return db.within(
                    "BEGIN IMMEDIATE",
                    () -> {
                        if (Fence.read(db, "main").state() != Fence.State.CLOSED) {
                            return refused("the target's fence is not closed");
                        }
                        Controls.drop(db, Controls.COPY, Controls.COPY_EPOCH);
                        Controls.remember(db, resource, change.token());
                        return late(change);
                    },
                    StoreActuator::isDone);
        }
    }

    private Outcome copy(Change change, Deadline deadline) throws SQLException, IOException {
        Optional<String> obstacle = stores.exists(Side.TARGET) ? inTheWay(deadline) : CopyFile.stray(stores.target());
        if (obstacle.isPresent()) {
            return refused(obstacle.get());
        }
        String marker = UUID.randomUUID().toString();
        Fence fence = mark(marker, deadline);
        if (fence.isOpen()) {
            return refused("the source is open: a copy is taken from a fenced one");
        }
        CopyFile file = new CopyFile(stores, resource, deadline);
        try {
            file.build(change.token(), fence.epoch());
            Outcome still = still(fence, change, deadline);
            if (!isDone(still)) {
                return still;
            }
            file.putInPlace();
            return done(change);
        } finally {
            file.discard();
        }
    }

    /** The last write on the fenced source. A capture that was on is over: its log goes with the target's content. */
    private Fence mark(String marker, Deadline deadline) throws SQLException {
        try (Db db = stores.open(Side.SOURCE, deadline)) {
            return db.within(
                    "BEGIN IMMEDIATE",
                    () -> {
                        Fence fence = Fence.read(db, "main");
                        if (!fence.isOpen()) {
                            Controls.put(db, Controls.MARKER, marker);
                            Controls.drop(db, Controls.REVERSE, Controls.CARRIED);
                        }
                        return fence;
                    },
                    fence -> !fence.isOpen());
        }
    }

    private Outcome still(Fence before, Change change, Deadline deadline) throws SQLException {
        try (Db db = stores.open(Side.SOURCE, deadline)) {
            Fence now = Fence.read(db, "main");
            if (now.isOpen() || now.epoch() != before.epoch()) {
                return refused("the source's lease ran out while it was copied");
            }
        }
        if (stores.exists(Side.TARGET)) {
            Optional<String> obstacle = inTheWay(deadline);
            if (obstacle.isPresent()) {
                return refused(obstacle.get());
            }
        }
        return late(change);
    }

    /** Why the database at the target's place must not be replaced. */
    private Optional<String> inTheWay(Deadline deadline) throws SQLException {
        try (Db db = stores.open(Side.TARGET, deadline)) {
            return db.snapshot(() -> inTheWay(db));
        }
    }

    private Optional<String> inTheWay(Db db) throws SQLException {
        Optional<String> ours = Controls.get(db, Controls.OURS);
        if (ours.equals(Optional.of(stores.dataset()))) {
            if (Fence.read(db, "main").isOpen()) {
                return Optional.of("the target is open");
            }
            boolean lossy = Controls.get(db, Controls.OPENED).isPresent()
                    && Controls.get(db, Controls.HOME).isEmpty();
            return lossy ? Optional.of("the target took writes that were never carried home") : Optional.empty();
        }
        for (Table table : Schema.tables(db, "main").values()) {
            if (db.number("SELECT EXISTS (SELECT 1 FROM main." + table.quoted() + ")") > 0) {
                return Optional.of("table " + table.name() + " of the target holds rows that are not of this copy");
            }
        }
        return Optional.empty();
    }
}
