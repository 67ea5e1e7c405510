package io.bascule.engine;

import io.bascule.core.run.RunId;

/** Turns a stored plan into what a tick needs. Called once per run and worker; may be called from any thread. */
public interface RunLoader {

    /**
     * The plan and the means to carry it out. An exception is a defect: the run is held and the call tried again later.
     *
     * @param planBody the text given at {@link JdbcStore#create}
     */
    Loaded load(RunId run, String planBody);
}
