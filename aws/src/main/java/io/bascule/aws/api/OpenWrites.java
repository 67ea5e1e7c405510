package io.bascule.aws.api;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;

/** The {@code WRITES} resource of an entrance that cannot keep writes back: always open. */
public final class OpenWrites implements Actuator {
    private static final Image OPEN = Image.of("writes", "open");
    private final String entrance;

    public OpenWrites(String entrance) {
        this.entrance = entrance;
    }

    private String why() {
        return entrance + " cannot keep writes back: write 'writes: []' and fence the databases";
    }

    @Override
    public Authority authorise(Deadline deadline) {
        return new Authority.Denied(why());
    }

    @Override
    public Reading observe(Deadline deadline) {
        return new Reading.Seen(OPEN);
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        return change.wanted().sameState(OPEN) ? new Outcome.Done("") : new Outcome.Refused(why(), false);
    }
}
