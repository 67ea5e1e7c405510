package io.bascule.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Header lines as they came, and where in them names and values stand; text is made of those that somebody asks for.
 * Values are read as ISO 8859-1; a value folded over several lines is one, with a space for each fold.
 */
final class HeaderLines {

    private static final int MARKS = 4;

    private byte[] text;
    private int[] marks;
    private int count;

    HeaderLines(int textBytes, int lines) {
        text = new byte[textBytes];
        marks = new int[MARKS * lines];
    }

    private HeaderLines(byte[] text, int[] marks, int count) {
        this.text = text;
        this.marks = marks;
        this.count = count;
    }

    /** The memory that the lines are written to; another one after {@link #grow}. */
    byte[] text() {
        return text;
    }

    void grow(int most) {
        text = Arrays.copyOf(text, Math.min(most, 2 * text.length));
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** A name and its value stand at these places of the text. */
    void add(int name, int nameEnd, int value, int valueEnd) {
        int at = MARKS * count;
        if (at == marks.length) {
            marks = Arrays.copyOf(marks, 2 * at);
        }
        marks[at] = name;
        marks[at + 1] = nameEnd;
        marks[at + 2] = value;
        marks[at + 3] = valueEnd;
        count++;
    }

    /** The last value goes on to here. */
    void extend(int valueEnd) {
        marks[MARKS * count - 1] = valueEnd;
    }

    /** The first value under this name; null if there is none. */
    @Nullable
    String first(String name) {
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                return value(i);
            }
        }
        return null;
    }

    /** All values under this name, in order. */
    List<String> all(String name) {
        var all = new ArrayList<String>(1);
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                all.add(value(i));
            }
        }
        return List.copyOf(all);
    }

    String name(int line) {
        int from = marks[MARKS * line];
        return new String(text, from, marks[MARKS * line + 1] - from, StandardCharsets.ISO_8859_1);
    }

    String value(int line) {
        int from = marks[MARKS * line + 2];
        String value = new String(text, from, marks[MARKS * line + 3] - from, StandardCharsets.ISO_8859_1);
        return value.indexOf('\n') < 0 ? value : value.replaceAll("\\s*\n\\s*", " ");
    }

    /** The same lines in memory of their own. */
    HeaderLines copy() {
        int end = count == 0 ? 0 : marks[MARKS * count - 1];
        return new HeaderLines(Arrays.copyOf(text, end), Arrays.copyOf(marks, MARKS * count), count);
    }

    private boolean isNamed(int line, String name) {
        int from = marks[MARKS * line];
        int length = name.length();
        if (marks[MARKS * line + 1] - from != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(text[from + i]) != lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
}
