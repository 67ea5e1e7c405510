package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Weight;
import io.bascule.core.rules.Nearest;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree.Form;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of single values that plans and adapters share. Units are part of the text. */
public final class Types {
    private static final String DURATION_PATTERN =
            "^(?=.)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?(\\d{1,6}ms)?$";
    private static final Pattern DURATIONS = Pattern.compile(DURATION_PATTERN);

    /** Any text in one piece; the fallback is empty. */
    public static final ScalarType<String> TEXT = ScalarType.text(
            Code.TEXT, "a text", "a few words", "\\S", text -> matching(text, "(?s).*\\S.*"), text -> text, "");

    /** A name of the plan's. */
    public static final ScalarType<String> NAME = ScalarType.text(
            Code.BAD_NAME, "a name", "front-door", NamesType.NAME, text -> matching(text, NamesType.NAME), t -> t, "");

    /** A path in the plan's folder, or an absolute one. Its contents are not part of the plan. */
    public static final ScalarType<String> PATH = path("source/app.properties");

    /** A file whose contents are part of what is approved: it must exist, and its SHA-256 enters the plan's hash. */
    public static final ScalarType<String> FILE = ScalarType.text(
            Code.TEXT,
            "the path of a file",
            "checks/smoke.sh",
            "\\S",
            text -> matching(text, "(?s).*\\S.*"),
            text -> text,
            "");

    /** {@code 10s}, {@code 1h30m}, {@code 250ms}. Canonical: ISO-8601. */
    public static final ScalarType<Duration> DURATION = ScalarType.text(
            Code.DURATION, "a duration", "10s", DURATION_PATTERN, Types::duration, Duration::toString, Duration.ZERO);

    /** {@code 500/s}; as requests per second. Canonical: the number per second. */
    public static final ScalarType<Double> RATE = ScalarType.text(
            Code.RATE, "a rate", "500/s", "^\\d{1,9}(\\.\\d{1,3})?/(s|min|h)$", Types::rate, Types::decimal, 0.0);

    /** {@code 12.5%}. */
    public static final ScalarType<Weight> PERCENT = ScalarType.text(
            Code.PERCENT,
            "a percentage",
            "10%",
            "^(100(\\.0{1,2})?|\\d{1,2}(\\.\\d{1,2})?)%$",
            Types::percent,
            Weight::toString,
            Weight.ZERO);

    /** An http or https address; canonical without a trailing slash. */
    public static final ScalarType<String> URL = ScalarType.text(
            Code.ADDRESS,
            "an http address",
            "http://127.0.0.1:8080",
            "^https?://[^\\s/?#]+[^\\s]*$",
            Types::address,
            text -> text,
            "http://invalid");

    /** The path of an address. */
    public static final ScalarType<String> URL_PATH = ScalarType.text(
            Code.TEXT,
            "a path that begins with /",
            "/health",
            "^/\\S*$",
            text -> matching(text, "^/\\S*$"),
            t -> t,
            "/");

    /** A secret by reference; the value itself is refused. */
    public static final ScalarType<String> SECRET = ScalarType.text(
            Code.SECRET,
            "a reference to a secret",
            "env:NAME",
            "^(env|file|secrets-manager):\\S+$",
            text -> matching(text, "^(env|file|secrets-manager):\\S+$"),
            text -> text,
            "env:NONE");

    /** {@code true} or {@code false}. */
    public static final ScalarType<Boolean> FLAG = ScalarType.of(
            Code.TEXT,
            "true or false",
            "true",
            EnumSet.of(Form.FLAG),
            Json.object("type", "boolean"),
            Boolean::parseBoolean,
            value -> Boolean.toString(value),
            false);

    /** A text, number or truth value as it stands, for other programs' settings. */
    public static final ScalarType<String> PLAIN = ScalarType.of(
            Code.TEXT,
            "a single value",
            "target/shop.db",
            EnumSet.of(Form.TEXT, Form.WHOLE, Form.DECIMAL, Form.FLAG),
            Json.object("type", List.of("string", "number", "boolean")),
            text -> text,
            text -> text,
            "");

    /** {@code source}, {@code target} or {@code both}. */
    public static final ScalarType<Set<Side>> SIDES = words(
            Map.of(
                    "both",
                    EnumSet.allOf(Side.class),
                    "source",
                    EnumSet.of(Side.SOURCE),
                    "target",
                    EnumSet.of(Side.TARGET)),
            EnumSet.allOf(Side.class));

    public static final ScalarType<Side> SIDE =
            words(Map.of("source", Side.SOURCE, "target", Side.TARGET), Side.SOURCE);

    private Types() {}

    /** A path, with an example of what it may lead to. */
    public static ScalarType<String> path(String example) {
        return ScalarType.text(
                Code.TEXT, "a path", example, "\\S", text -> matching(text, "(?s).*\\S.*"), text -> text, "");
    }

    /** One of a few words, each with its value. */
    public static <T> ScalarType<T> words(Map<String, T> values, T fallback) {
        List<String> known = values.keySet().stream().sorted().toList();
        SequencedMap<String, @Nullable Object> schema = Json.object("type", "string", "enum", known);
        return ScalarType.of(
                Code.UNKNOWN_WORD,
                "one of: " + String.join(", ", known),
                known.getFirst(),
                EnumSet.of(Form.TEXT),
                schema,
                text -> wordOf(text, values, known),
                value -> canonicalWord(value, values),
                fallback);
    }

    private static <T> T wordOf(String text, Map<String, T> values, List<String> known) throws WrongText {
        T value = values.get(text);
        if (value == null) {
            throw WrongText.because("expected one of: " + String.join(", ", known) + "; found " + Problems.quote(text))
                    .withHint(Nearest.hint(text, known));
        }
        return value;
    }

    private static <T> String canonicalWord(T value, Map<String, T> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** A whole number within bounds. */
    public static ScalarType<Integer> whole(int least, int most) {
        return ScalarType.of(
                Code.NUMBER,
                "a whole number from " + least + " to " + most,
                Integer.toString(least),
                EnumSet.of(Form.WHOLE),
                Json.object("type", "integer", "minimum", least, "maximum", most),
                text -> (int) within(text, least, most),
                value -> Integer.toString(value),
                least);
    }

    /** A number within bounds. */
    public static ScalarType<Double> number(int least, int most, String example) {
        return ScalarType.of(
                Code.NUMBER,
                "a number from " + least + " to " + most,
                example,
                EnumSet.of(Form.WHOLE, Form.DECIMAL),
                Json.object("type", "number", "minimum", least, "maximum", most),
                text -> within(text, least, most),
                Types::decimal,
                (double) least);
    }

    private static double within(String text, int least, int most) throws WrongText {
        if (!text.matches("[-+]?\\d{1,12}(\\.\\d{1,12})?([eE][-+]?\\d{1,2})?")) {
            throw WrongText.whole();
        }
        double value = Double.parseDouble(text);
        if (value < least || value > most) {
            throw WrongText.whole();
        }
        return value;
    }

    /** A phrase with one whole number in it: {@code at most 2000}. Canonical: the number. */
    public static ScalarType<Long> phrase(String before, String after) {
        String pattern = "^" + before + "(\\d{1,9})" + after + "$";
        String example = before + "300" + after;
        return ScalarType.text(
                Code.PHRASE,
                "the phrase '" + before + "N" + after + "'",
                example,
                pattern,
                text -> Long.parseLong(group(text, Pattern.compile(pattern))),
                value -> Long.toString(value),
                0L);
    }

    private static String group(String text, Pattern pattern) throws WrongText {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw WrongText.whole();
        }
        return matcher.group(1);
    }

    static String matching(String text, String pattern) throws WrongText {
        if (!text.matches(pattern)) {
            throw WrongText.whole();
        }
        return text;
    }

    /**
     * A duration with its units.
     *
     * @throws WrongText when a unit is missing or they are out of order
     */
    public static Duration duration(String text) throws WrongText {
        Matcher matcher = DURATIONS.matcher(text);
        if (!matcher.matches()) {
            boolean bare = text.matches("\\d{1,6}");
            throw bare ? WrongText.whole().withHint("add the unit: " + text + "s") : WrongText.whole();
        }
        return Duration.ofDays(amount(matcher.group(1), 1))
                .plusHours(amount(matcher.group(2), 1))
                .plusMinutes(amount(matcher.group(3), 1))
                .plusSeconds(amount(matcher.group(4), 1))
                .plusMillis(amount(matcher.group(5), 2));
    }

    private static long amount(@Nullable String part, int unit) {
        return part == null ? 0 : Long.parseLong(part.substring(0, part.length() - unit));
    }

    private static double rate(String text) throws WrongText {
        matching(text, "^\\d{1,9}(\\.\\d{1,3})?/(s|min|h)$");
        int slash = text.indexOf('/');
        double amount = Double.parseDouble(text.substring(0, slash));
        return switch (text.substring(slash + 1)) {
            case "min" -> amount / 60;
            case "h" -> amount / 3600;
            default -> amount;
        };
    }

    private static Weight percent(String text) throws WrongText {
        matching(text, "^(100(\\.0{1,2})?|\\d{1,2}(\\.\\d{1,2})?)%$");
        return Weight.percent(Double.parseDouble(text.substring(0, text.length() - 1)));
    }

    private static String address(String text) throws WrongText {
        matching(text, "^https?://[^\\s/?#]+[^\\s]*$");
        try {
            if (new URI(text).getHost() == null) {
                throw WrongText.whole();
            }
        } catch (URISyntaxException e) {
            throw WrongText.whole();
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** A number without an exponent and without trailing zeros. */
    public static String decimal(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
