package io.bascule.data.sqlite;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.io.IOException;
import java.sql.SQLException;

/** What the three actuators have in common: operating trouble becomes an answer, and a request is weighed first. */
abstract class StoreActuator implements Actuator {
    final Stores stores;
    final String resource;

    StoreActuator(Stores stores, String resource) {
        this.stores = stores;
        this.resource = resource;
    }

    abstract Authority may(Deadline deadline) throws SQLException, IOException;

    abstract Image look(Deadline deadline) throws SQLException;

    abstract Outcome change(Change change, Deadline deadline) throws SQLException, IOException;

    @Override
    public final Authority authorise(Deadline deadline) {
        try {
            return may(deadline);
        } catch (SQLException | IOException trouble) {
            return new Authority.Untold(why(trouble));
        }
    }

    @Override
    public final Reading observe(Deadline deadline) {
        if (stopped(deadline)) {
            return new Reading.Unseen("interrupted, or no time left");
        }
        try {
            return new Reading.Seen(look(deadline));
        } catch (SQLException trouble) {
            return new Reading.Unseen(why(trouble));
        }
    }

    @Override
    public final Outcome apply(Change change, Deadline deadline) {
        if (stopped(deadline)) {
            return again("interrupted, or no time left");
        }
        try {
            return change(change, deadline);
        } catch (UnsureException unsure) {
            return new Outcome.Unknown(why(unsure));
        } catch (SQLException | IOException trouble) {
            return again(why(trouble));
        }
    }

    private boolean stopped(Deadline deadline) {
        return Thread.currentThread().isInterrupted()
                || deadline.left(stores.clock().instant()).isZero();
    }

    /** Refuses what must not be done to a resource that stands at {@code is}; null-free: {@code Done} means go on. */
    final Outcome weigh(Change change, Image is) {
        if (!is.sameState(change.expected())) {
            return refused(resource + " is " + is.brief() + ", not "
                    + change.expected().brief());
        }
        return late(change);
    }

    final Outcome late(Change change) {
        return stores.isLate(change.notAfter())
                ? refused("too late: not after " + change.notAfter())
                : new Outcome.Done("");
    }

    static Outcome done(Change change) {
        return new Outcome.Done(change.token());
    }

    static Outcome refused(String why) {
        return new Outcome.Refused(why, false);
    }

    static Outcome again(String why) {
        return new Outcome.Refused(why, true);
    }

    static boolean isDone(Outcome outcome) {
        return outcome instanceof Outcome.Done;
    }

    static String why(Exception trouble) {
        String message = trouble.getMessage();
        return message == null ? trouble.getClass().getSimpleName() : message;
    }
}
