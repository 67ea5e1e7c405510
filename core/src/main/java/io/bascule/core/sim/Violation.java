package io.bascule.core.sim;

/** Something that must never be true of the world was true of it. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    public Violation(String what) {
        super(what);
        this.what = what;
    }

    public String what() {
        return what;
    }
}
