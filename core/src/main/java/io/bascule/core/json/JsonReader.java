package io.bascule.core.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON document by recursive descent. Not thread-safe; one use. */
final class JsonReader {
    private static final int DEEPEST = 200;
    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable
    Object readDocument() {
        Object value = readValue();
        skipSpace();
        if (at < text.length()) {
            throw wrong("nothing more");
        }
        return value;
    }

    private @Nullable Object readValue() {
        skipSpace();
        return switch (peek()) {
            case '{' -> readObject();
            case '[' -> readArray();
            case '"' -> readString();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> readNumber();
        };
    }

    private Map<String, @Nullable Object> readObject() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        enter('{');
        while (!closes('}', map.isEmpty())) {
            skipSpace();
            String key = readString();
            skipSpace();
            take(':');
            if (map.containsKey(key)) {
                throw wrong("a key once: " + key);
            }
            map.put(key, readValue());
        }
        return map;
    }

    private List<@Nullable Object> readArray() {
        List<@Nullable Object> list = new ArrayList<>();
        enter('[');
        while (!closes(']', list.isEmpty())) {
            list.add(readValue());
        }
        return list;
    }

    private void enter(char bracket) {
        take(bracket);
        if (++depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " levels");
        }
    }

    /** At a closing bracket: takes it and says true. Otherwise takes the comma that must stand between items. */
    private boolean closes(char bracket, boolean first) {
        skipSpace();
        if (peek() == bracket) {
            at++;
            depth--;
            return true;
        }
        if (!first) {
            take(',');
        }
        return false;
    }

    private String readString() {
        take('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            if (c < 0x20) {
                throw wrong("an escaped control character");
            }
            out.append(c == '\\' ? readEscape() : c);
        }
    }

    private char readEscape() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> readHex();
            default -> throw wrong("an escape");
        };
    }

    private char readHex() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Object readNumber() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.length() > 400 || !digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
            at = start;
            throw wrong("a value");
        }
        boolean whole = digits.length() < 19 && digits.matches("-?\\d+");
        return whole ? (Object) Long.valueOf(digits) : new BigDecimal(digits);
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a value");
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at++);
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw wrong("'" + expected + "'");
        }
        at++;
    }

    private JsonException wrong(String expected) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new JsonException("at character " + (at + 1) + ": expected " + expected + ", found " + found);
    }
}
