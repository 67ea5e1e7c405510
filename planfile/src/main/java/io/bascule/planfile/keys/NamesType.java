package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.core.rules.Nearest;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A map from names that the plan's author chooses to values of one type, in the file's order.
 *
 * @param placeholder what stands for the name in docs and paths, in capitals: {@code ENTRANCE}
 * @param pattern of the names
 * @param words the names that can be meant, for "did you mean"; empty when any name can
 */
public record NamesType<T>(String placeholder, String pattern, List<String> words, ValueType<T> value)
        implements ValueType<SequencedMap<String, T>> {
    /** Small letters, digits, dashes. */
    public static final String NAME = "^[a-z][a-z0-9-]{0,62}$";

    public static <T> NamesType<T> of(String placeholder, ValueType<T> value) {
        return new NamesType<>(placeholder, NAME, List.of(), value);
    }

    @Override
    public Optional<SequencedMap<String, T>> decode(Tree tree, Context context) {
        if (!(tree instanceof Tree.Mapping map)) {
            context.problem(
                    Code.WRONG_FORM,
                    tree.at(),
                    "expected " + word() + ", found " + tree.word(),
                    "write it as " + example());
            return Optional.empty();
        }
        SequencedMap<String, T> values = new LinkedHashMap<>();
        Map<String, At> seen = new HashMap<>();
        for (Tree.Entry entry : map.entries()) {
            At first = seen.putIfAbsent(entry.key(), entry.keyAt());
            if (first != null) {
                Section.duplicate(entry, first, context);
                continue;
            }
            checkName(entry, context);
            Unanswered.or(value, entry.value(), context.key(entry.key()), "")
                    .ifPresent(one -> values.put(entry.key(), one));
        }
        return Optional.of(Collections.unmodifiableSequencedMap(values));
    }

    private void checkName(Tree.Entry entry, Context context) {
        if (entry.key().matches(pattern)) {
            return;
        }
        Code code = words.isEmpty() ? Code.BAD_NAME : Code.UNKNOWN_KEY;
        String hint = words.isEmpty() ? "use small letters, digits and dashes" : Nearest.hint(entry.key(), words);
        context.problem(code, entry.keyAt(), Problems.quote(entry.key()) + " is no name for " + placeholder, hint);
    }

    @Override
    public SequencedMap<String, T> fallback() {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        return Json.object(
                "type", "object",
                "propertyNames", Json.object("pattern", pattern),
                "additionalProperties", value.schema());
    }

    @Override
    public String word() {
        return "a map from " + placeholder + " to " + value.word();
    }

    @Override
    public String example() {
        return "{ " + placeholder + ": " + value.example() + " }";
    }

    @Override
    public void flatten(String key, SequencedMap<String, T> values, SortedMap<String, String> into) {
        values.forEach((name, one) -> value.flatten(key + "." + name, one, into));
    }

    @Override
    public Map<String, Section> inside() {
        Map<String, Section> inside = new LinkedHashMap<>();
        value.inside().forEach((path, section) -> inside.put(join(placeholder, path), section));
        return inside;
    }

    static String join(String first, String second) {
        return second.isEmpty() ? first : first + "." + second;
    }
}
