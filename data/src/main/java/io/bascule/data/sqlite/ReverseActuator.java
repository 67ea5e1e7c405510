package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Resource;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The REVERSE of a dataset. The target's part is made first, then the source's record of it, which is what counts:
 * after a crash in between it is {@code off}, with triggers that harm nothing and that the next change replaces.
 */
final class ReverseActuator extends StoreActuator {
    private static final int LOOKS_MOST = 20;
    private static final Image ON = Image.of("reverse", "on");
    private static final Image OFF = Image.of("reverse", "off");
    private static final Image LOST = Image.of("reverse", "lost");

    ReverseActuator(Stores stores) {
        super(stores, Resource.reverse(stores.dataset()).toString());
    }

    @Override
    Authority may(Deadline deadline) throws SQLException {
        try (Db db = stores.open(Side.SOURCE, deadline)) {
            Optional<String> unsupported = Capture.unsupported(db);
            return unsupported.isPresent() ? new Authority.Denied(unsupported.get()) : new Authority.Granted();
        }
    }

    /** The source's record of a capture. */
    record Armed(String id, long carried) {}

    static Optional<Armed> record(Stores stores, Deadline deadline) throws SQLException {
        try (Db db = stores.open(Side.SOURCE, deadline)) {
            return db.snapshot(() -> {
                long carried = Controls.getLong(db, "main", Controls.CARRIED);
                return Controls.get(db, Controls.REVERSE).map(id -> new Armed(id, carried));
            });
        }
    }

    /**
     * Why the capture that the source knows of is lost. The two databases cannot be read at one instant, so a verdict
     * counts only when nobody carried meanwhile.
     */
    static Optional<String> lost(Stores stores, Armed armed, Deadline deadline) throws SQLException {
        Armed before = armed;
        for (int looks = 0; looks < LOOKS_MOST; looks++) {
            Optional<String> lost = lostAt(stores, before, deadline);
            Optional<Armed> after = record(stores, deadline);
            if (lost.isEmpty() || after.isEmpty() || after.get().equals(before)) {
                return lost;
            }
            before = after.get();
        }
        throw new SQLException("the capture is carried from too fast to be looked at");
    }

    private static Optional<String> lostAt(Stores stores, Armed record, Deadline deadline) throws SQLException {
        if (!stores.exists(Side.TARGET)) {
            return Optional.of("the target's database is gone");
        }
        try (Db db = stores.open(Side.TARGET, deadline)) {
            return db.snapshot(() -> Capture.lost(db, record.id(), record.carried()));
        } catch (SQLException trouble) {
            if (Db.isRuined(trouble)) {
                return Optional.of("the target's database is no database any more: " + why(trouble));
            }
            throw trouble;
        }
    }

    @Override
    Image look(Deadline deadline) throws SQLException {
        Optional<Armed> record = record(stores, deadline);
        if (record.isEmpty()) {
            return OFF;
        }
        Optional<String> lost = lost(stores, record.get(), deadline);
        return lost.isEmpty() ? ON : LOST.withContext("why", lost.get());
    }

    @Override
    Outcome change(Change change, Deadline deadline) throws SQLException {
        boolean on = change.wanted().sameState(ON);
        if (!on && !change.wanted().sameState(OFF)) {
            return refused("not a state of reverse capture that can be asked for: "
                    + change.wanted().brief());
        }
        try (Db db = stores.open(Side.SOURCE, deadline)) {
            if (Controls.knows(db, resource, change.token())) {
                return done(change);
            }
        }
        Image is = look(deadline);
        if (is.sameState(change.wanted())) {
            return done(change);
        }
        Outcome weighed = weigh(change, is);
        if (!isDone(weighed)) {
            return weighed;
        }
        if (on && is.sameState(LOST)) {
            return refused("a capture that was lost cannot be taken up again; copy anew");
        }
        return on ? turnOn(change, deadline) : turnOff(change, deadline);
    }

    private Outcome turnOn(Change change, Deadline deadline) throws SQLException {
        if (!stores.exists(Side.TARGET)) {
            return refused("there is no database at " + stores.target());
        }
        String id = UUID.randomUUID().toString();
        try (Db db = stores.openBoth(Side.TARGET, deadline)) {
            Outcome made = db.within("BEGIN IMMEDIATE", () -> install(db, id, change), StoreActuator::isDone);
            if (!isDone(made)) {
                return made;
            }
        }
        return note(change, deadline, Optional.of(id));
    }

    private Outcome install(Db db, String id, Change change) throws SQLException {
        Optional<String> obstacle = Copied.stale(db, "main", "other");
        if (obstacle.isEmpty()) {
            obstacle = Capture.unsupported(db);
        }
        if (obstacle.isEmpty() && Fence.read(db, "main").isOpen()) {
            obstacle = Optional.of("the target is open: writes may have passed already");
        }
        if (obstacle.isEmpty() && untold(db)) {
            obstacle = Optional.of("the target took writes that were never carried home");
        }
        if (obstacle.isPresent()) {
            return refused(obstacle.get());
        }
        Capture.install(db, id);
        return late(change);
    }

    private static boolean untold(Db db) throws SQLException {
        return Controls.get(db, Controls.OPENED).isPresent()
                && Controls.get(db, Controls.HOME).isEmpty();
    }

    /** Commits the change on the source. */
    private Outcome note(Change change, Deadline deadline, Optional<String> id) throws SQLException {
        try (Db db = stores.open(Side.SOURCE, deadline)) {
            return db.within(
                    "BEGIN IMMEDIATE",
                    () -> {
                        Controls.drop(db, Controls.REVERSE, Controls.CARRIED);
                        if (id.isPresent()) {
                            Controls.put(db, Controls.REVERSE, id.get());
                            Controls.put(db, Controls.CARRIED, "0");
                        }
                        Controls.remember(db, resource, change.token());
                        return late(change);
                    },
                    StoreActuator::isDone);
        }
    }

    private Outcome turnOff(Change change, Deadline deadline) throws SQLException {
        Outcome noted = note(change, deadline, Optional.empty());
        if (isDone(noted) && stores.exists(Side.TARGET)) {
            tidy(deadline);
        }
        return noted;
    }

    /** What stays behind harms nothing, so trouble here is none of the change's. */
    private void tidy(Deadline deadline) {
        try (Db db = stores.open(Side.TARGET, deadline)) {
            db.immediate(() -> {
                Capture.remove(db);
                return true;
            });
        } catch (SQLException ignored) {
            // the log goes on growing until the next change or the end of the target
        }
    }
}
