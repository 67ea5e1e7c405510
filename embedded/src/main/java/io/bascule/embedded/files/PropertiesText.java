package io.bascule.embedded.files;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/** How {@link Properties} reads lines. */
final class PropertiesText {
    private PropertiesText() {}

    /** A line goes on after a line end that an odd number of backslashes stands before, unless it is a comment. */
    static int endOfLogicalLine(String text, int from) {
        int end = endOfLine(text, from);
        if (isComment(text, from, end)) {
            return end;
        }
        int lineStart = from;
        while (end < text.length() && isContinued(text, lineStart, end)) {
            lineStart = end;
            end = endOfLine(text, end);
        }
        return end;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    private static boolean isComment(String text, int from, int end) {
        String line = text.substring(from, end).stripLeading();
        return line.isEmpty() || line.startsWith("#") || line.startsWith("!");
    }

    private static boolean isContinued(String text, int start, int end) {
        int at = end - 1;
        at -= at > start && text.charAt(at - 1) == '\r' ? 1 : 0;
        int backslashes = 0;
        while (at - 1 - backslashes >= start && text.charAt(at - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    static String unescape(String raw) {
        Properties one = new Properties();
        try {
            one.load(new StringReader("k=" + raw));
        } catch (IOException e) {
            throw new IllegalStateException(e); // from memory
        } catch (IllegalArgumentException e) {
            return raw; // a malformed escape: nothing we own is written so
        }
        return one.getProperty("k", "");
    }
}
