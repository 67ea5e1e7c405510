package io.bascule.planfile.problem;

import io.bascule.core.plan.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the problems and warnings of one decoding, so that all are told at once; at most {@value #MOST}, then one
 * more that says so. Not thread-safe.
 */
public final class Problems {
    /** More problems than this are not worth reading. */
    public static final int MOST = 200;

    private static final int LONGEST_QUOTE = 60;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Map<String, Integer> files = new HashMap<>();
    private boolean overflowed;
    private int errors;

    public void add(Code code, At at, String message, String hint) {
        add(code.number(), at, message, hint);
    }

    /** Adds a problem of a rule outside this module, by its code. */
    public void add(String code, At at, String message, String hint) {
        files.putIfAbsent(at.file(), files.size());
        errors += CodeBook.isWarning(code) ? 0 : 1;
        if (found.size() >= MOST) {
            overflow(at);
            return;
        }
        found.add(new Problem(code, at.file(), at.line(), at.column(), message, hint));
    }

    private void overflow(At at) {
        if (!overflowed) {
            overflowed = true;
            found.add(new Problem(
                    Code.TOO_MANY.number(),
                    at.file(),
                    at.line(),
                    at.column(),
                    "more than " + MOST + " problems; the rest is not listed",
                    "mend these first, then check again"));
        }
    }

    /** Whether anything but warnings was found. */
    public boolean faulty() {
        return errors > 0;
    }

    /** How many problems that are not warnings were found so far. */
    public int errors() {
        return errors;
    }

    /** Whether a problem (no warning) lies at that place. */
    public boolean faultyAt(At at) {
        return found.stream()
                .anyMatch(problem -> problem.line() == at.line()
                        && problem.column() == at.column()
                        && problem.file().equals(at.file())
                        && !CodeBook.isWarning(problem.code()));
    }

    /** All of them, warnings too, from the top of the first file to the end of the last. */
    public List<Problem> all() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Problem problem) -> files.getOrDefault(problem.file(), 0))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        return sorted;
    }

    /** The text in quotes, cut and without control characters, for messages. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder("'");
        int end = text.length() > LONGEST_QUOTE ? LONGEST_QUOTE : text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) ? ' ' : c);
        }
        return out.append(end < text.length() ? "…'" : "'").toString();
    }
}
