package io.bascule.core.port;

/** Runs the user's programs: one with no effect as a measurement, one with an effect as an actuator. */
public interface ScriptRunner {
    /** PASS on exit 0, FAIL otherwise, ERROR when it could not run or timed out; {@code output} is bounded. */
    Finding run(String script, Deadline deadline);

    /** The {@code SCRIPT} resource of a script with an effect. */
    Actuator effect(String step, String run, String observe, String undo);
}
