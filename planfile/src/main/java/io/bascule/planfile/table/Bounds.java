package io.bascule.planfile.table;

import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Limit.Relation;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The one grammar of bounds: {@code METRIC (<=|>=) VALUE}, {@code METRIC (<=|>=) [N x] (source|baseline) [+ VALUE]},
 * where a value is a number with {@code %}, {@code ms}, {@code s}, {@code m}, {@code /s} or no unit. No other arithmetic, on
 * purpose.
 */
public final class Bounds {
    private static final String VALUE = "\\d{1,9}(\\.\\d{1,6})?(%|ms|s|m|/s)?";

    /** Bounds with the unit of their constant. Canonical: one space between the parts, times in ms, shares in percent. */
    public static final ScalarType<Bound> TYPE = ScalarType.text(
            Code.EXPRESSION,
            "a bound",
            "p95 <= 1.5 x source + 50ms",
            "^[a-z][a-z0-9-]* *(<=|>=) *((\\d{1,9}(\\.\\d{1,6})? *x *)?(source|baseline)( *\\+ *" + VALUE + ")?|"
                    + VALUE + ")$",
            text -> new Bounds(text).bound(),
            bound -> bound.limit().text(),
            new Bound(new Limit("none", Relation.AT_MOST, 0, 0, "none <= 0"), Unit.NUMBER));

    private static final Map<String, Double> FACTORS =
            Map.of("", 1.0, "%", 0.01, "ms", 1.0, "s", 1000.0, "m", 60_000.0, "/s", 1.0);
    private final String text;
    private int at;

    private Bounds(String text) {
        this.text = text;
    }

    /** What a constant is measured in. */
    public enum Unit {
        /** There is no constant. */
        NONE,
        NUMBER,
        FRACTION,
        MILLIS,
        PER_SECOND
    }

    public record Bound(Limit limit, Unit unit) {
        public boolean isRelative() {
            return !limit.isAbsolute();
        }
    }

    private record Constant(double value, Unit unit) {
        String word() {
            return switch (unit) {
                case NONE -> "";
                case NUMBER -> Types.decimal(value);
                case FRACTION ->
                    BigDecimal.valueOf(value)
                                    .movePointRight(2)
                                    .stripTrailingZeros()
                                    .toPlainString() + "%";
                case MILLIS -> Types.decimal(value) + "ms";
                case PER_SECOND -> Types.decimal(value) + "/s";
            };
        }
    }

    private Bound bound() throws WrongText {
        String metric = word("the name of a metric");
        Relation relation = relation();
        String start = metric + (relation == Relation.AT_MOST ? " <= " : " >= ");
        skipSpace();
        Bound bound = isDigit() ? numbered(metric, relation, start) : relative(metric, relation, start, 1);
        skipSpace();
        if (at < text.length()) {
            throw wrong("the end of the bound");
        }
        return bound;
    }

    private Bound numbered(String metric, Relation relation, String start) throws WrongText {
        int from = at;
        double number = number();
        skipSpace();
        if (at < text.length() && text.charAt(at) == 'x') {
            at++;
            if (number == 0) {
                at = from;
                throw wrong("a factor above 0");
            }
            return relative(metric, relation, start + Types.decimal(number) + " x ", number);
        }
        Constant constant = unit(number);
        return new Bound(new Limit(metric, relation, 0, constant.value(), start + constant.word()), constant.unit());
    }

    private Bound relative(String metric, Relation relation, String start, double factor) throws WrongText {
        skipSpace();
        int from = at;
        String other = word("a value with its unit, 'source' or 'baseline'");
        if (!other.equals("source") && !other.equals("baseline")) {
            at = from;
            throw wrong("'source' or 'baseline'");
        }
        skipSpace();
        if (at == text.length()) {
            return new Bound(new Limit(metric, relation, factor, 0, start + other), Unit.NONE);
        }
        take("+", "'+' and a value, or the end");
        skipSpace();
        Constant constant = unit(number());
        String whole = start + other + " + " + constant.word();
        return new Bound(new Limit(metric, relation, factor, constant.value(), whole), constant.unit());
    }

    private Relation relation() throws WrongText {
        skipSpace();
        if (text.startsWith("<=", at) || text.startsWith(">=", at)) {
            Relation relation = text.charAt(at) == '<' ? Relation.AT_MOST : Relation.AT_LEAST;
            at += 2;
            return relation;
        }
        throw wrong("'<=' or '>=' (bounds are inclusive)");
    }

    private Constant unit(double number) throws WrongText {
        int from = at;
        while (at < text.length() && (Character.isLetter(text.charAt(at)) || "%/".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String unit = text.substring(from, at);
        Double factor = FACTORS.get(unit);
        if (factor == null) {
            at = from;
            throw wrong("a unit: %, ms, s, m, /s or none");
        }
        double value =
                BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(factor)).doubleValue();
        return switch (unit) {
            case "" -> new Constant(value, Unit.NUMBER);
            case "%" -> new Constant(value, Unit.FRACTION);
            case "/s" -> new Constant(value, Unit.PER_SECOND);
            default -> new Constant(value, Unit.MILLIS);
        };
    }

    private double number() throws WrongText {
        int from = at;
        while (isDigit() || (at > from && at < text.length() && text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(from, at);
        if (!digits.matches("\\d{1,9}(\\.\\d{1,6})?")) {
            at = from;
            throw wrong("a number");
        }
        return Double.parseDouble(digits);
    }

    private String word(String expected) throws WrongText {
        skipSpace();
        int from = at;
        while (at < text.length() && isWordPart(text.charAt(at), at > from)) {
            at++;
        }
        if (at == from) {
            throw wrong(expected);
        }
        return text.substring(from, at);
    }

    private static boolean isWordPart(char c, boolean later) {
        return (c >= 'a' && c <= 'z') || (later && ((c >= '0' && c <= '9') || c == '-'));
    }

    private boolean isDigit() {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private void take(String sign, String expected) throws WrongText {
        if (!text.startsWith(sign, at)) {
            throw wrong(expected);
        }
        at += sign.length();
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private WrongText wrong(String expected) {
        String found = at < text.length() ? Problems.quote(text.substring(at)) : "the end";
        return WrongText.at(at, "expected " + expected + ", found " + found);
    }
}
