package io.bascule.core.port;

/** An actuator that passes everything on to another; what is put between overrides what it is about. */
public abstract class ForwardingActuator implements Actuator {
    private final Actuator to;

    protected ForwardingActuator(Actuator to) {
        this.to = to;
    }

    @Override
    public Authority authorise(Deadline deadline) {
        return to.authorise(deadline);
    }

    @Override
    public Reading observe(Deadline deadline) {
        return to.observe(deadline);
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        return to.apply(change, deadline);
    }

    @Override
    public boolean refusesLate() {
        return to.refusesLate();
    }

    @Override
    public boolean inParts() {
        return to.inParts();
    }

    @Override
    public void accepted(String changeId) {
        to.accepted(changeId);
    }
}
