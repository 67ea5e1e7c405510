package io.bascule.app;

/** Something the user can put right: told in one line, never with a stack trace. */
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    public UserMistake(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    public UserMistake(String message) {
        this(ExitCode.FAULTY_INPUT, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
