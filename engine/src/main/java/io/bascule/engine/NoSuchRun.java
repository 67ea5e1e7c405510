package io.bascule.engine;

import io.bascule.core.run.RunId;

/** The store knows no run of that name. */
public final class NoSuchRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchRun(RunId run) {
        super("no run is called " + run);
    }
}
