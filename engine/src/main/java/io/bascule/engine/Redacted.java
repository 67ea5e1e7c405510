package io.bascule.engine;

import java.util.regex.Pattern;

/** Takes what looks like a secret out of a text that goes into a journal or a log. */
final class Redacted {
    private static final Pattern PAIR =
            Pattern.compile("(?i)\\b(password|passwd|pwd|secret|token|api[-_]?key|authorization)(\\s*[=:]\\s*)\\S+");
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]+@");

    private Redacted() {}

    /** What went wrong and where, in one line. */
    static String sentence(Throwable e) {
        String text = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        String place = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
        return text(text.length() > 300 ? text.substring(0, 300) + "…" : text) + place;
    }

    /** The same trace with messages that may be logged. */
    static Throwable trace(Throwable e) {
        return trace(e, 5);
    }

    private static Throwable trace(Throwable e, int deep) {
        Throwable cause = e.getCause();
        RuntimeException shown =
                new RuntimeException(sentence(e), cause == null || deep == 0 ? null : trace(cause, deep - 1));
        shown.setStackTrace(e.getStackTrace());
        return shown;
    }

    static String text(String text) {
        String paired = PAIR.matcher(text).replaceAll("$1$2***");
        return USER_INFO.matcher(paired).replaceAll("://***@");
    }
}
