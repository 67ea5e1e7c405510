package io.bascule.aws.api;

import java.util.Locale;

/** The time between our last read and our answered write, in which an edit of someone else would be lost. */
public final class Gap {
    private final long began = System.nanoTime();

    private Gap() {}

    public static Gap begin() {
        return new Gap();
    }

    /** For the journal: {@code read to answer 12.3 ms}. */
    public String end() {
        return String.format(Locale.ROOT, "read to answer %.1f ms", (System.nanoTime() - began) / 1e6);
    }
}
