package io.bascule.app;

import io.bascule.core.run.RunStatus;

/** The exit codes of the command line, in one place. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int ERROR = 1;
    public static final int FAULTY_INPUT = 2;
    public static final int WAITING = 3;
    public static final int HOLDING = 4;
    public static final int ABORTED = 5;
    public static final int EXCEPTIONS = 6;
    public static final int ROLLED_BACK = 10;
    public static final int ROLLBACK_INCOMPLETE = 11;
    public static final int MISSING = 69;
    public static final int OBJECTIVE_FAILED = 99;
    public static final int TIME_OUT = 124;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The code of a status: of the end, or of what the run waits for. A run that goes on is 0. */
    public static int of(RunStatus status) {
        return switch (status) {
            case RUNNING, ROLLING_BACK, COMPLETED -> DONE;
            case WAITING -> WAITING;
            case HOLDING -> HOLDING;
            case COMPLETED_WITH_EXCEPTIONS -> EXCEPTIONS;
            case ABORTED_UNCHANGED -> ABORTED;
            case ROLLED_BACK -> ROLLED_BACK;
            case ROLLBACK_INCOMPLETE -> ROLLBACK_INCOMPLETE;
        };
    }
}
