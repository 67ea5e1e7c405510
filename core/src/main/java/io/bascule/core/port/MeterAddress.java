package io.bascule.core.port;

import io.bascule.core.rules.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a meter is and what it is asked: {@code SCHEME:PLACE?NAME=VALUE&NAME=VALUE}, as in
 * {@code cloudwatch:eu-central-1?namespace=AWS/ECS&metric=CPUUtilization}. Values may be written as they are or
 * percent-encoded; an ampersand in quotes belongs to its value.
 *
 * @param scheme in small letters
 */
public record MeterAddress(String scheme, String place, List<Word> words) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);

    public MeterAddress {
        words = List.copyOf(words);
    }

    /** @param value empty where nothing but the name is written */
    public record Word(String name, String value) {}

    /** The address that a text is; empty for texts without a scheme, such as paths. */
    public static Optional<MeterAddress> of(String text) {
        Matcher matcher = SCHEME.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(2);
        int mark = rest.indexOf('?');
        return Optional.of(new MeterAddress(
                matcher.group(1).toLowerCase(Locale.ROOT),
                mark < 0 ? rest : rest.substring(0, mark),
                mark < 0 ? List.of() : words(rest.substring(mark + 1))));
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        for (String each : parts(text)) {
            int equals = each.indexOf('=');
            if (!each.isEmpty()) {
                words.add(
                        equals < 0
                                ? new Word(decoded(each), "")
                                : new Word(decoded(each.substring(0, equals)), decoded(each.substring(equals + 1))));
            }
        }
        return words;
    }

    /** What stands between ampersands that are not in quotes. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (quote != 0 && each == '\\') {
                i++;
            } else if (quote != 0) {
                quote = each == quote ? 0 : quote;
            } else if (each == '"' || each == '\'' || each == '`') {
                quote = each;
            } else if (each == '&') {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** A text in which a percent sign stands for itself somewhere is not encoded. */
    private static String decoded(String text) {
        if (!text.matches("(?s)([^%]|%[0-9A-Fa-f]{2})*")) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            boolean encoded = raw[i] == '%';
            bytes[length++] = encoded
                    ? (byte) Integer.parseInt(new String(raw, i + 1, 2, StandardCharsets.US_ASCII), 16)
                    : raw[i];
            i += encoded ? 2 : 0;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** What is written for a name; empty where nothing is. */
    public Optional<String> get(String name) {
        return words.stream()
                .filter(word -> word.name().equals(name))
                .map(Word::value)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** Problems with the words as such: unknown ones, doubled ones, those without a value. */
    public List<String> problems(Collection<String> known) {
        List<String> problems = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (Word word : words) {
            if (!known.contains(word.name())) {
                String hint = Nearest.hint(word.name(), known);
                problems.add("'" + word.name() + "' is not known here" + (hint.isEmpty() ? "" : "; " + hint));
            } else if (!seen.add(word.name())) {
                problems.add("'" + word.name() + "' is written twice");
            } else if (word.value().isBlank()) {
                problems.add("'" + word.name() + "' has no value");
            }
        }
        return problems;
    }

    /** Problems with {@code unit}, the one word that all meters have. */
    public List<String> unitProblems() {
        return get("unit").filter(unit -> !unit.matches("percent|fraction")).stream()
                .map(unit -> "unit=" + unit + ": expected percent or fraction, how the samples of a share are written")
                .toList();
    }

    /** What {@code unit} says, or the usual of the place. */
    public Meter.Scale scale(Meter.Scale usual) {
        return get("unit")
                .map(unit -> Meter.Scale.valueOf(unit.toUpperCase(Locale.ROOT)))
                .orElse(usual);
    }
}
