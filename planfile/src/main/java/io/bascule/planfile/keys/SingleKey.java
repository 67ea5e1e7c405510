package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.core.rules.Nearest;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A map with one key, which says what kind of thing it is: {@code bake: { for: 6s }}.
 *
 * @param what it is, with article: {@code a step}
 */
public record SingleKey(String what, SequencedMap<String, Section> kinds) implements ValueType<SingleKey.Value> {
    public SingleKey {
        kinds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kinds));
    }

    /** The kind, and its own values. */
    public record Value(String kind, Values values, At at) {}

    @Override
    public Optional<Value> decode(Tree tree, Context context) {
        if (!(tree instanceof Tree.Mapping map) || map.entries().isEmpty()) {
            context.problem(
                    Code.WRONG_FORM,
                    tree.at(),
                    "expected " + what + ", a map with one key, found " + tree.word(),
                    "write it as '" + example() + "'");
            return Optional.empty();
        }
        if (map.entries().size() > 1) {
            Tree.Entry second = map.entries().get(1);
            context.problem(
                    Code.WRONG_FORM,
                    second.keyAt(),
                    what + " has one key, its kind; " + Problems.quote(second.key()) + " is a second",
                    kinds.containsKey(second.key())
                            ? "begin it with a dash of its own"
                            : "indent it below '" + map.entries().getFirst().key() + "'");
            return Optional.empty();
        }
        return only(map.entries().getFirst(), context);
    }

    private Optional<Value> only(Tree.Entry entry, Context context) {
        Section section = kinds.get(entry.key());
        if (section == null) {
            context.problem(
                    Code.UNKNOWN_KEY,
                    entry.keyAt(),
                    Problems.quote(entry.key()) + " is no kind of " + what.substring(what.indexOf(' ') + 1),
                    Nearest.hint(entry.key(), kinds.keySet()));
            return Optional.empty();
        }
        return section.decode(entry.value(), context.key(entry.key()))
                .map(values -> new Value(entry.key(), values, entry.keyAt()));
    }

    @Override
    public Value fallback() {
        Map.Entry<String, Section> first = kinds.firstEntry();
        return new Value(first.getKey(), first.getValue().fallback(), At.whole(""));
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        SequencedMap<String, @Nullable Object> properties = new LinkedHashMap<>();
        kinds.forEach((kind, section) -> properties.put(kind, section.schema()));
        return Json.object(
                "type",
                "object",
                "properties",
                properties,
                "additionalProperties",
                false,
                "minProperties",
                1,
                "maxProperties",
                1);
    }

    @Override
    public String word() {
        return what;
    }

    @Override
    public String example() {
        return "bake: { for: 15s }";
    }

    @Override
    public void flatten(String key, Value value, SortedMap<String, String> into) {
        kinds.getOrDefault(value.kind(), Section.of(what)).flatten(key + "." + value.kind(), value.values(), into);
    }

    @Override
    public Map<String, Section> inside() {
        return Collections.unmodifiableMap(kinds);
    }

    /** The kinds, for docs. */
    public List<String> words() {
        return List.copyOf(kinds.keySet());
    }
}
