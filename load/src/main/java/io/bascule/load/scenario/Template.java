package io.bascule.load.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with places for values: {@code /orders/${id}}. A dollar before anything but a brace stands for itself. */
public final class Template {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

    private final String text;
    private final List<String> literals = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private Template(String text) {
        this.text = text;
        Matcher matcher = PLACE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            literals.add(text.substring(from, matcher.start()));
            names.add(matcher.group(1));
            from = matcher.end();
        }
        literals.add(text.substring(from));
    }

    public static Template of(String text) {
        return new Template(text);
    }

    /** The names whose values it needs. */
    public Set<String> names() {
        return new LinkedHashSet<>(names);
    }

    /** Whether it needs this value. */
    boolean needs(String value) {
        return !names.isEmpty() && names.contains(value);
    }

    /** Whether it is the same every time. */
    public boolean isConstant() {
        return names.isEmpty();
    }

    /** The text with the values in place, each passed through {@code shape} first; one that is missing is empty. */
    public String fill(Map<String, String> values, UnaryOperator<String> shape) {
        if (names.isEmpty()) {
            return text;
        }
        var filled = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            filled.append(shape.apply(values.getOrDefault(names.get(i), ""))).append(literals.get(i + 1));
        }
        return filled.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
