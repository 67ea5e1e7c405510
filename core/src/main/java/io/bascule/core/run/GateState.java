package io.bascule.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people said to one gate. */
public record GateState(Instant askedAt, List<Approval> approvals, Optional<String> rejectedBy, boolean passed) {

    /** @param verified whether the claimed name is bound to the principal */
    public record Approval(String who, String principal, boolean verified, Instant at) {}

    static GateState asked(Instant at) {
        return new GateState(at, List.of(), Optional.empty(), false);
    }

    /** An approval takes back what was rejected before; who rejected it is in the journal. */
    GateState approvedBy(Approval approval) {
        List<Approval> all = new ArrayList<>(approvals);
        all.removeIf(earlier -> earlier.who().equals(approval.who()));
        all.add(approval);
        return new GateState(askedAt, List.copyOf(all), Optional.empty(), passed);
    }

    GateState rejectedBy(String who) {
        return new GateState(askedAt, approvals, Optional.of(who), passed);
    }

    /** Asked once more, with what was said so far. */
    GateState waitsSince(Instant at) {
        return new GateState(at, approvals, rejectedBy, passed);
    }

    GateState pass() {
        return new GateState(askedAt, approvals, rejectedBy, true);
    }
}
