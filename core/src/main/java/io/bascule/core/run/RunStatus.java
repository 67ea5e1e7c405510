package io.bascule.core.run;

/** Where a run stands. The last five are terminal; HOLDING needs a person and is never terminal. */
public enum RunStatus {
    /** Going forward by itself. */
    RUNNING,
    /** A gate waits for people. */
    WAITING,
    /** Something needs a person; nothing moves, in either direction, but what is judged goes on being watched. */
    HOLDING,
    /** On the way back. */
    ROLLING_BACK,
    COMPLETED,
    /** Completed, with something skipped or overridden. */
    COMPLETED_WITH_EXCEPTIONS,
    /** Ended with everything as it was before, no user moved. */
    ABORTED_UNCHANGED,
    /** Ended with everything as it was recorded before the run. */
    ROLLED_BACK,
    /** Ended with something not restored; the residue is listed. */
    ROLLBACK_INCOMPLETE;

    public boolean terminal() {
        return switch (this) {
            case RUNNING, WAITING, HOLDING, ROLLING_BACK -> false;
            case COMPLETED, COMPLETED_WITH_EXCEPTIONS, ABORTED_UNCHANGED, ROLLED_BACK, ROLLBACK_INCOMPLETE -> true;
        };
    }
}
