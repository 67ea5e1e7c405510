package io.bascule.core.run;

/** The journal could not say whether an entry was written (disk full, lost connection). The next tick reads it again. */
public final class JournalUncertain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalUncertain(String message, Throwable cause) {
        super(message, cause);
    }
}
