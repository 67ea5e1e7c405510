package io.bascule.aws.api;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration that AWS keeps and changes in one call. Read, compared, written; what a subclass can make conditional,
 * it does. Safe for threads.
 */
public abstract class OneField implements Actuator {
    protected final Clients clients;
    protected final Calls calls;
    protected final String region;
    private final Set<String> fields;

    protected OneField(Clients clients, Calls calls, String region, Set<String> fields) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.fields = Set.copyOf(fields);
    }

    /**
     * What is there.
     *
     * @param value whatever the write needs of it
     * @param pending AWS's word for a change that is under way; empty where none is
     */
    public record Found<T>(Image image, T value, String pending) {
        public Found(Image image, T value) {
            this(image, value, "");
        }
    }

    protected abstract Call<? extends Found<?>> read(Deadline deadline);

    /** Writes what differs, given what was just read. */
    protected abstract Outcome write(Found<?> found, Image wanted, Deadline deadline);

    /** Whether what was read may be changed, as far as AWS tells beforehand. */
    protected abstract Authority mayChange(Found<?> found, Deadline deadline);

    /** What IAM's simulator says of one action, where only the caller's own policies allow it. */
    protected final Authority simulated(String action, String resource, Deadline deadline) {
        return simulated(List.of(action), resource, deadline);
    }

    /** The same of several on one resource. */
    protected final Authority simulated(List<String> actions, String resource, Deadline deadline) {
        return new Simulation(clients, calls, region).ask(actions, resource, false, deadline);
    }

    /** What is wrong with a wanted image, or nothing. */
    protected String fault(Image wanted) {
        return wanted.owned().keySet().equals(fields) ? "" : "it has the fields " + fields;
    }

    @Override
    public Authority authorise(Deadline deadline) {
        return read(deadline).authority(found -> mayChange(found, deadline));
    }

    @Override
    public Reading observe(Deadline deadline) {
        Call<? extends Found<?>> call = read(deadline);
        return call instanceof Call.Answered<? extends Found<?>> answered
                ? seen(answered.value())
                : new Reading.Unseen(call.why());
    }

    private static Reading seen(Found<?> found) {
        return found.pending().isEmpty()
                ? new Reading.Seen(found.image())
                : new Reading.Seen(found.image(), Optional.of(new Reading.Pending("", found.pending())));
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        if (calls.clock().instant().isAfter(change.notAfter())) {
            return new Outcome.Refused("too late: not after " + change.notAfter(), false);
        }
        Gap gap = Gap.begin();
        Call<? extends Found<?>> call = read(deadline);
        if (!(call instanceof Call.Answered<? extends Found<?>> answered)) {
            return new Outcome.Refused("not sent, for it could not be read: " + call.why(), true);
        }
        Found<?> found = answered.value();
        if (found.image().sameState(change.wanted())) {
            return new Outcome.Done("");
        }
        if (!found.image().sameState(change.expected())) {
            return new Outcome.Refused("someone else has changed it", false);
        }
        String fault = fault(change.wanted());
        if (!fault.isEmpty()) {
            return new Outcome.Refused(fault, false);
        }
        Outcome outcome = write(found, change.wanted(), deadline);
        boolean there = outcome instanceof Outcome.Unknown
                && observe(deadline) instanceof Reading.Seen seen
                && seen.image().sameState(change.wanted());
        return there
                ? new Outcome.Done("the answer was lost, the change is there")
                : outcome instanceof Outcome.Done done
                        ? new Outcome.Done((done.changeId() + " " + gap.end()).trim())
                        : outcome;
    }
}
