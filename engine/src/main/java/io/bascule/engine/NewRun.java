package io.bascule.engine;

import io.bascule.core.run.Entry;
import io.bascule.core.run.RunEvent.RunStarted;
import io.bascule.core.run.RunId;
import java.time.Instant;

/**
 * A run to be created. Who starts it, from where, and the plan's name and hash are those of its first event.
 *
 * @param planBody the plan as the caller will want to read it again; opaque here; two runs of one hash may differ in it (its folder)
 * @param mode a word for lists: {@code run}, {@code demo}
 */
public record NewRun(RunId id, String planBody, String mode, Instant at, RunStarted started) {
    Entry first() {
        return new Entry(1, at, started);
    }
}
