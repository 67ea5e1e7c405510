package io.bascule.embedded.files;

/** Values that may stand in quotes. */
final class Quoted {
    private Quoted() {}

    static String decode(String raw) {
        if (raw.length() < 2) {
            return raw;
        }
        String inner = raw.substring(1, raw.length() - 1);
        if (raw.startsWith("'") && raw.endsWith("'")) {
            return inner.replace("''", "'");
        }
        return raw.startsWith("\"") && raw.endsWith("\"") ? unescape(inner) : raw;
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                out.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
