package io.bascule.core.run;

import java.time.Instant;

/** The run's time. Real ones are anchored: they do not jump when the wall clock does. */
public interface RunClock {
    Instant now();
}
