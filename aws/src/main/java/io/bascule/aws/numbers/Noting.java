package io.bascule.aws.numbers;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.InstantSource;

/** An actuator of weights whose readings tell the figures when the weights changed. */
public record Noting(Actuator weights, Passing passing, InstantSource clock) implements Actuator {

    @Override
    public Authority authorise(Deadline deadline) {
        return weights.authorise(deadline);
    }

    @Override
    public Reading observe(Deadline deadline) {
        Reading reading = weights.observe(deadline);
        if (reading instanceof Reading.Seen seen && seen.pending().isEmpty()) {
            passing.weightsSeen(seen.image().brief(), clock.instant());
        }
        return reading;
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        return weights.apply(change, deadline);
    }

    @Override
    public boolean refusesLate() {
        return weights.refusesLate();
    }

    @Override
    public void accepted(String changeId) {
        weights.accepted(changeId);
    }
}
