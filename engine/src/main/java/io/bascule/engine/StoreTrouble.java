package io.bascule.engine;

/** The store could not be asked, or did not answer. Operating trouble: what was being done may be tried again. */
public final class StoreTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreTrouble(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreTrouble(String message) {
        super(message);
    }
}
