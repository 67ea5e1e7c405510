package io.bascule.core.plan;

import java.util.Locale;

/** One of the two environments of a cutover: the one being left, and the one being entered. */
public enum Side {
    SOURCE,
    TARGET;

    public Side other() {
        return this == SOURCE ? TARGET : SOURCE;
    }

    /** The word in plan files, journals and messages: {@code source} or {@code target}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Side ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
