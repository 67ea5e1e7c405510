package io.bascule.aws.name;

import java.util.Locale;

/** Names as Route 53 writes them: lower case, with the last dot, {@code *} and the like as octal escapes. */
public final class Names {
    private Names() {}

    public static String canonical(String name) {
        StringBuilder out = new StringBuilder();
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.\\".indexOf(c) >= 0;
            out.append(plain ? "" + c : String.format(Locale.ROOT, "\\%03o", (int) c));
        }
        return out.isEmpty() || out.charAt(out.length() - 1) != '.' ? out + "." : out.toString();
    }
}
