package io.bascule.aws.numbers;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.ForwardingActuator;
import io.bascule.core.port.Reading;
import java.time.InstantSource;

/** An actuator of weights whose readings tell the figures when the weights changed. */
public final class Noting extends ForwardingActuator {
    private final Passing passing;
    private final InstantSource clock;

    public Noting(Actuator weights, Passing passing, InstantSource clock) {
        super(weights);
        this.passing = passing;
        this.clock = clock;
    }

    @Override
    public Reading observe(Deadline deadline) {
        Reading reading = super.observe(deadline);
        if (reading instanceof Reading.Seen seen && seen.pending().isEmpty()) {
            passing.weightsSeen(seen.image().brief(), clock.instant());
        }
        return reading;
    }
}
