package io.bascule.engine;

import io.bascule.core.run.RunId;

/** What came of creating a run. */
public sealed interface Creation {

    /** The run, its plan, its first entry and its due row are stored; a worker takes it at once. */
    record Created(RunId run) implements Creation {}

    /** Refused, nothing was stored: a run of the same plan is not over. */
    record Unfinished(RunId other) implements Creation {}

    /** Refused, nothing was stored: there is a run of that name. */
    record Taken(RunId run) implements Creation {}
}
