package io.bascule.embedded.files;

import io.bascule.embedded.files.FlatText.Piece;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three forms of flat configuration that we edit line by line. */
public enum FlatFormat {
    /** {@code key=value}, {@code key: value}; escapes and continued lines as {@link java.util.Properties} reads them. */
    PROPERTIES("^([ \\t\\f]*)((?:\\\\.|[^\\\\:= \\t\\f#!\\r\\n])(?:\\\\[^\\r\\n]|[^\\\\:= \\t\\f\\r\\n])*)"
            + "([ \\t\\f]*[:=]?[ \\t\\f]*)((?:\\\\(?:\\r\\n|.|\\n)|[^\\\\\\r\\n])*)(\\r?\\n)?$") {
        @Override
        String encode(String value) {
            String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
            return escaped.startsWith(" ") ? "\\" + escaped : escaped;
        }

        @Override
        String decode(String raw) {
            return PropertiesText.unescape(raw);
        }

        @Override
        String entry(String key, String value) {
            return key.replace(":", "\\:").replace("=", "\\=").replace(" ", "\\ ") + "=" + encode(value);
        }

        @Override
        int endOfLine(String text, int from) {
            return PropertiesText.endOfLogicalLine(text, from);
        }
    },

    /** Top-level {@code key: value} lines of YAML, plain or quoted, comments kept. Nested values are left alone. */
    YAML("^()([A-Za-z0-9_.\\-/]+|\"[^\"\\r\\n]*\"|'[^'\\r\\n]*')([ \\t]*:[ \\t]+)"
            + "(\"(?:\\\\.|[^\"\\\\\\r\\n])*\"|'(?:''|[^'\\r\\n])*'|[^\\s#\"'&*!|>%@`{\\[][^\\r\\n]*?)"
            + "([ \\t]*(?:[ \\t]#[^\\r\\n]*)?(?:\\r?\\n)?)$") {
        @Override
        String encode(String value) {
            boolean plain =
                    value.matches("[A-Za-z0-9_./][A-Za-z0-9_./:+\\-]*") && !value.endsWith(":") && !isWord(value);
            return plain
                    ? value
                    : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        }

        @Override
        String decode(String raw) {
            return Quoted.decode(raw);
        }

        @Override
        String entry(String key, String value) {
            return key + ": " + encode(value);
        }
    },

    /** {@code KEY=value}, perhaps after {@code export}; a lease is written {@code KEY_UNTIL}, {@code KEY_ELSE}. */
    ENV(
            "^([ \\t]*(?:export[ \\t]+)?)([A-Za-z_][A-Za-z0-9_]*)(=)"
                    + "(\"(?:\\\\.|[^\"\\\\\\r\\n])*\"|'[^'\\r\\n]*'|[^\\s#\"'][^\\r\\n#]*?|)([ \\t]*(?:[ \\t]#[^\\r\\n]*)?(?:\\r?\\n)?)$") {
        @Override
        String encode(String value) {
            return value.matches("[A-Za-z0-9_./:@%+,=\\-]*")
                    ? value
                    : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + '"';
        }

        @Override
        String decode(String raw) {
            return raw.startsWith("'") && raw.length() > 1 ? raw.substring(1, raw.length() - 1) : Quoted.decode(raw);
        }

        @Override
        String entry(String key, String value) {
            return key + "=" + encode(value);
        }

        @Override
        String until(String field) {
            return field + "_UNTIL";
        }

        @Override
        String otherwise(String field) {
            return field + "_ELSE";
        }
    };

    private final Pattern entry;

    FlatFormat(String entry) {
        this.entry = Pattern.compile(entry, Pattern.DOTALL);
    }

    /** By the file's name: {@code .properties}, {@code .yaml} or {@code .yml}, {@code .env} or {@code env}. */
    public static FlatFormat of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YAML;
        }
        return name.endsWith(".env") || name.equals("env") ? ENV : PROPERTIES;
    }

    abstract String encode(String value);

    abstract String decode(String raw);

    abstract String entry(String key, String value);

    /** The key of a leased field's deadline. */
    String until(String field) {
        return field + ".until";
    }

    String otherwise(String field) {
        return field + ".else";
    }

    int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    Piece piece(String raw) {
        Matcher matcher = entry.matcher(raw);
        if (!matcher.matches()) {
            return Piece.other(raw);
        }
        String key = this == PROPERTIES ? PropertiesText.unescape(matcher.group(2)) : Quoted.decode(matcher.group(2));
        return new Piece(
                raw, key, decode(matcher.group(4)), raw.substring(0, matcher.start(4)), raw.substring(matcher.end(4)));
    }

    private static boolean isWord(String value) {
        return value.matches("(?i)true|false|yes|no|on|off|null|[0-9.+\\-_e:]+");
    }
}
