package io.bascule.app;

/** Which Bascule this is, and which version of the JSON lines it writes. */
public final class Version {
    public static final String TEXT = "0.1.0";
    public static final long SCHEMA = 1;

    private Version() {}
}
