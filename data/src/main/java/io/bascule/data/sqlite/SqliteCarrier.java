package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Carries one SQLite database. Both files may be in use by applications in other processes at any time; the carrier
 * holds no connection between calls, so any number of carriers may work on the same pair, one after another or at
 * once. After an exception or a crash each database is as before the call's transaction or as after it, and calling
 * again goes on from there.
 *
 * <p>An application's write to a fenced database fails with {@value Fence#REFUSAL} in its message
 * ({@code SQLITE_CONSTRAINT_TRIGGER}). Thread-safe.
 */
public final class SqliteCarrier implements DataCarrier {
    private final Stores stores;

    /**
     * @param source the database being left
     * @param target the place of the database entered; it need not exist before the copy
     */
    public SqliteCarrier(String dataset, Path source, Path target, InstantSource clock) {
        this(new Stores(dataset, source, target, clock, Probe.NONE));
    }

    SqliteCarrier(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Actuator fence(Side side) {
        return new FenceActuator(stores, side);
    }

    @Override
    public Actuator copy() {
        return new CopyActuator(stores);
    }

    @Override
    public Actuator reverse() {
        return new ReverseActuator(stores);
    }

    @Override
    public Finding drained(Side from, Deadline deadline) {
        return answer(deadline, () -> from == Side.SOURCE ? drained(deadline) : new WayHome(stores).drained(deadline));
    }

    /** The copy was made after the source's last marker, under a fence that has held since. */
    private Finding drained(Deadline deadline) throws SQLException {
        if (!stores.exists(Side.TARGET)) {
            return Finding.of(new Verdict.Fail("there is no target"));
        }
        try (Db db = stores.openBoth(Side.TARGET, deadline)) {
            Optional<String> stale = db.snapshot(() -> Copied.stale(db, "main", "other"));
            Optional<String> written = Controls.get(db, "other", Controls.MARKER);
            if (stale.isEmpty() && written.isPresent() && written.equals(Controls.get(db, Controls.MARKER))) {
                return Finding.of(
                        new Verdict.Pass("the source's last marker is on the target"),
                        "lagRows",
                        0,
                        "marker",
                        written.get());
            }
        }
        Finding parity = compare(deadline);
        Verdict.Fail fail = new Verdict.Fail("the target is not a copy up to the source's last marker");
        String lag = parity.facts().get("differences");
        return lag == null ? Finding.of(fail) : Finding.of(fail, "lagRows", lag);
    }

    @Override
    public Finding compare(Deadline deadline) {
        return answer(deadline, () -> {
            if (!stores.exists(Side.TARGET)) {
                return Finding.of(new Verdict.Fail("there is no target"));
            }
            try (Db db = stores.openBoth(Side.SOURCE, deadline)) {
                Optional<String> unsupported = Schema.unsupported(db, "main");
                return unsupported.isPresent()
                        ? Finding.of(new Verdict.Errored(unsupported.get()))
                        : new Comparison(db, stores.clock(), deadline).run();
            }
        });
    }

    @Override
    public Finding reverseLag(Deadline deadline) {
        return answer(deadline, () -> new WayHome(stores).lag(deadline));
    }

    /**
     * Carries all that is there, at any time. PASS only with the target fenced: a marker written last on the target was
     * read through the capture, nothing is left, and both sides are the same. INCONCLUSIVE while the target is open.
     */
    @Override
    public Finding carryHome(Deadline deadline) {
        return answer(deadline, () -> new WayHome(stores).carryHome(deadline));
    }

    @Override
    public Finding identity(Side side, Deadline deadline) {
        return answer(deadline, () -> {
            try (Db db = stores.open(side, deadline)) {
                return db.snapshot(() -> Ids.identity(db));
            }
        });
    }

    /** Sessions cannot be counted in SQLite, and need not be: the fence holds for those that are there already. */
    @Override
    public Finding provesFenced(Side side, Deadline deadline) {
        return answer(deadline, () -> {
            if (!stores.exists(side)) {
                return Finding.of(new Verdict.Pass("there is no database, so nothing takes writes"), "tables", 0);
            }
            try (Db db = stores.open(side, deadline)) {
                return FenceProof.run(db);
            }
        });
    }

    private Finding answer(Deadline deadline, Db.Work<Finding> question) {
        if (Thread.currentThread().isInterrupted()
                || deadline.left(stores.clock().instant()).isZero()) {
            return Finding.of(new Verdict.Errored("interrupted, or no time left"));
        }
        try {
            return question.run();
        } catch (SQLException trouble) {
            return Finding.of(new Verdict.Errored(StoreActuator.why(trouble)));
        }
    }
}
