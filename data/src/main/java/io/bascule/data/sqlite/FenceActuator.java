package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Resource;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The FENCE of one side's database. Each change is one transaction of that database, so that after a crash either all
 * of it or nothing is there. Opening locks both databases and is refused unless the other one is closed.
 */
final class FenceActuator extends StoreActuator {
    private final Side side;

    FenceActuator(Stores stores, Side side) {
        super(stores, Resource.fence(stores.dataset(), side).toString());
        this.side = side;
    }

    private record Wanted(Fence.State state, long until) {}

    @Override
    Authority may(Deadline deadline) throws SQLException {
        if (!stores.exists(side)) {
            return side == Side.TARGET
                    ? new Authority.Granted()
                    : new Authority.Denied("there is no database at " + stores.file(side));
        }
        if (!Files.isWritable(stores.file(side))) {
            return new Authority.Denied(stores.file(side) + " is not writable");
        }
        try (Db db = stores.open(side, deadline)) {
            Optional<String> unsupported = Schema.unsupported(db, "main");
            return unsupported.isPresent() ? new Authority.Denied(unsupported.get()) : new Authority.Granted();
        }
    }

    @Override
    Image look(Deadline deadline) throws SQLException {
        if (!stores.exists(side)) {
            if (side == Side.TARGET) {
                return Image.of("fence", "closed").withContext("database", "absent");
            }
            throw new SQLException("there is no database at " + stores.file(side));
        }
        try (Db db = stores.open(side, deadline)) {
            return db.snapshot(() -> Fence.read(db, "main")).image();
        }
    }

    @Override
    Outcome change(Change change, Deadline deadline) throws SQLException {
        Optional<Wanted> wanted = wanted(change.wanted());
        if (wanted.isEmpty()) {
            return refused("not a state of a fence: " + change.wanted().brief());
        }
        if (!stores.exists(side)) {
            boolean closed = side == Side.TARGET && wanted.get().state() == Fence.State.CLOSED;
            return closed ? done(change) : refused("there is no database at " + stores.file(side));
        }
        if (wanted.get().state() == Fence.State.OPEN) {
            return open(change, wanted.get(), deadline);
        }
        try (Db db = stores.open(side, deadline)) {
            return db.within("BEGIN IMMEDIATE", () -> shut(db, change, wanted.get()), StoreActuator::isDone);
        }
    }

    private static Optional<Wanted> wanted(Image image) {
        Optional<Fence.State> state = Fence.State.of(image.get("fence"));
        boolean leased = state.equals(Optional.of(Fence.State.LEASED));
        if (state.isEmpty() || image.owned().size() != (leased ? 2 : 1)) {
            return Optional.empty();
        }
        try {
            long until = leased ? Instant.parse(image.get("until")).toEpochMilli() : 0;
            return Optional.of(new Wanted(state.get(), until));
        } catch (DateTimeException faulty) {
            return Optional.empty();
        }
    }

    private Outcome shut(Db db, Change change, Wanted wanted) throws SQLException {
        if (Controls.knows(db, resource, change.token())) {
            return done(change);
        }
        Fence now = Fence.read(db, "main");
        if (now.image().sameState(change.wanted())) {
            Controls.remember(db, resource, change.token());
            return done(change);
        }
        Outcome weighed = weigh(change, now);
        if (!isDone(weighed)) {
            return weighed;
        }
        if (wanted.state() == Fence.State.LEASED && wanted.until() <= now.now()) {
            return refused("the lease would have ended already");
        }
        Optional<String> unsupported = Schema.unsupported(db, "main");
        if (unsupported.isPresent()) {
            return refused(unsupported.get());
        }
        Controls.install(db);
        boolean capturing = Controls.get(db, Controls.REVERSE_VERSION).isPresent() && !Capture.wasTouched(db);
        FenceTriggers.install(db);
        if (capturing) {
            Capture.noteVersion(db);
        }
        if (now.isOpen()) {
            Controls.drop(db, Controls.HOME);
        }
        write(db, wanted, change.token(), now.isOpen() ? now.epoch() + 1 : now.epoch());
        Controls.remember(db, resource, change.token());
        return late(change);
    }

    private Outcome weigh(Change change, Fence now) {
        String token = change.expected().context().getOrDefault("token", now.token());
        return token.equals(now.token())
                ? weigh(change, now.image())
                : refused("another change made this state: " + now.token());
    }

    private static void write(Db db, Wanted wanted, String token, long epoch) throws SQLException {
        db.run(
                "UPDATE main.bascule_fence SET state = ?, until_ms = ?, token = ?, epoch = ?, pass = 0 WHERE id = 1",
                wanted.state().word(),
                wanted.until(),
                token,
                epoch);
    }

    private Outcome open(Change change, Wanted wanted, Deadline deadline) throws SQLException {
        if (!stores.exists(side.other())) {
            try (Db db = stores.open(side, deadline)) {
                return db.within("BEGIN IMMEDIATE", () -> open(db, false, change, wanted), StoreActuator::isDone);
            }
        }
        try (Db db = stores.openBoth(side, deadline)) {
            return db.within("BEGIN IMMEDIATE", () -> open(db, true, change, wanted), StoreActuator::isDone);
        } catch (SQLException trouble) {
            if (side == Side.TARGET || !Db.isRuined(trouble)) {
                throw trouble;
            }
        }
        // the target's file is no database any more, so nothing is written there
        try (Db db = stores.open(side, deadline)) {
            return db.within("BEGIN IMMEDIATE", () -> open(db, false, change, wanted), StoreActuator::isDone);
        }
    }

    private Outcome open(Db db, boolean both, Change change, Wanted wanted) throws SQLException {
        if (Controls.knows(db, resource, change.token())) {
            return done(change);
        }
        Fence now = Fence.read(db, "main");
        if (now.image().sameState(change.wanted()) && now.hole().isEmpty()) {
            return done(change);
        }
        Outcome weighed = weigh(change, now);
        if (!isDone(weighed)) {
            return weighed;
        }
        Optional<String> obstacle = side == Side.TARGET ? beforeTarget(db, both) : beforeSource(db, both);
        if (obstacle.isEmpty()) {
            obstacle = Ids.raise(db, both);
        }
        if (obstacle.isPresent()) {
            return refused(obstacle.get());
        }
        Controls.install(db);
        if (side == Side.TARGET) {
            Controls.put(db, Controls.OPENED, "yes");
            Controls.drop(db, Controls.HOME);
        }
        write(db, wanted, change.token(), now.epoch());
        Controls.remember(db, resource, change.token());
        return late(change);
    }

    private static Optional<String> beforeTarget(Db db, boolean both) throws SQLException {
        if (!both) {
            return Optional.of("the source's database is not there, so nobody knows whether it is closed");
        }
        if (Fence.read(db, "other").state() != Fence.State.CLOSED) {
            return Optional.of("the source's fence is not closed");
        }
        return Copied.isDone(db, "main", "other") ? Optional.empty() : Optional.of("the target is no current copy");
    }

    /** A target that the carrier never fenced is not one of the dataset's yet. */
    private static Optional<String> beforeSource(Db db, boolean both) throws SQLException {
        if (!both || Controls.get(db, "other", Controls.OURS).isEmpty()) {
            return Optional.empty();
        }
        return Fence.read(db, "other").state() == Fence.State.CLOSED
                ? Optional.empty()
                : Optional.of("the target's fence is not closed");
    }
}
