package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.core.rules.Nearest;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A table of keys: a map whose keys are known. Unknown, duplicate and missing keys are problems.
 *
 * @param what it is, with article: {@code an entrance}
 * @param oneOf groups of keys of which exactly one must be there
 */
public record Section(String what, List<Key<?>> keys, List<List<String>> oneOf) implements ValueType<Values> {
    public Section {
        keys = List.copyOf(keys);
        oneOf = List.copyOf(oneOf);
    }

    public static Section of(String what, Key<?>... keys) {
        return new Section(what, List.of(keys), List.of());
    }

    /** The same, with a group of keys of which exactly one must be there. */
    public Section exactlyOne(String... group) {
        return exactlyOne(Arrays.asList(group));
    }

    public Section exactlyOne(List<String> group) {
        List<List<String>> groups = new ArrayList<>(oneOf);
        groups.add(List.copyOf(group));
        return new Section(what, keys, groups);
    }

    /** With another table's keys; one of the same name takes the place of ours. */
    public Section with(List<? extends Key<?>> others) {
        SequencedMap<String, Key<?>> all = new LinkedHashMap<>();
        keys.forEach(key -> all.put(key.name(), key));
        others.forEach(key -> all.put(key.name(), key));
        return new Section(what, List.copyOf(all.values()), oneOf);
    }

    @Override
    public Optional<Values> decode(Tree tree, Context context) {
        if (!(tree instanceof Tree.Mapping map)) {
            context.problem(
                    Code.WRONG_FORM,
                    tree.at(),
                    "expected " + what + " as a map, found " + tree.word(),
                    "write it as " + example());
            return Optional.empty();
        }
        Map<String, Object> given = new HashMap<>();
        Map<String, At> seen = new HashMap<>();
        for (Tree.Entry entry : map.entries()) {
            At first = seen.putIfAbsent(entry.key(), entry.keyAt());
            Optional<Key<?>> key = key(entry.key());
            if (first != null) {
                duplicate(entry, first, context);
            } else if (key.isEmpty()) {
                unknown(entry, context);
            } else {
                decode(key.get(), entry.value(), context).ifPresent(value -> given.put(entry.key(), value));
            }
        }
        tellMissing(map, context);
        tellGroups(map, context);
        return Optional.of(new Values(given, map));
    }

    private static <T> Optional<T> decode(Key<T> key, Tree tree, Context context) {
        Optional<T> value = Unanswered.or(key.type(), tree, context.key(key.name()), key.doc());
        if (key.type() == Types.FILE) {
            value.ifPresent(file -> context.refers(String.valueOf(file), tree.at()));
        }
        return value;
    }

    public Optional<Key<?>> key(String name) {
        for (Key<?> key : keys) {
            if (key.name().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private List<String> names() {
        return keys.stream().<String>map(Key::name).toList();
    }

    static void duplicate(Tree.Entry entry, At first, Context context) {
        context.problem(
                Code.DUPLICATE_KEY,
                entry.keyAt(),
                "the key " + Problems.quote(entry.key()) + " stands here again, first at line " + first.line(),
                "remove one of the two");
    }

    private void unknown(Tree.Entry entry, Context context) {
        context.problem(
                Code.UNKNOWN_KEY,
                entry.keyAt(),
                what + " has no key " + Problems.quote(entry.key()),
                Nearest.hint(entry.key(), names()));
    }

    private void tellMissing(Tree.Mapping map, Context context) {
        for (Key<?> key : keys) {
            if (key.isRequired() && map.find(key.name()).isEmpty()) {
                context.problem(
                        Code.MISSING_KEY,
                        map.at(),
                        "the key '" + key.name() + "' is missing, " + key.type().word(),
                        "add '" + key.name() + ": " + key.type().example() + "'");
            }
        }
    }

    private void tellGroups(Tree.Mapping map, Context context) {
        for (List<String> group : oneOf) {
            List<Tree.Entry> present = map.entries().stream()
                    .filter(entry -> group.contains(entry.key()))
                    .toList();
            String words = String.join(", ", group);
            if (present.isEmpty()) {
                context.problem(Code.ONE_OF, map.at(), what + " needs one of the keys: " + words, "");
            } else if (present.stream().map(Tree.Entry::key).distinct().count() > 1) {
                Tree.Entry second = present.get(1);
                context.problem(
                        Code.ONE_OF,
                        second.keyAt(),
                        Problems.quote(second.key()) + " excludes '"
                                + present.getFirst().key() + "'",
                        "keep one of: " + words);
            }
        }
    }

    @Override
    public Values fallback() {
        return new Values(Map.of(), new Tree.Mapping(List.of(), At.whole("")));
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        SequencedMap<String, @Nullable Object> properties = new LinkedHashMap<>();
        keys.forEach(key -> properties.put(key.name(), described(key)));
        SequencedMap<String, @Nullable Object> schema =
                Json.object("type", "object", "properties", properties, "additionalProperties", false);
        List<String> required =
                keys.stream().filter(Key::isRequired).<String>map(Key::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!oneOf.isEmpty()) {
            schema.put("allOf", oneOf.stream().map(Section::groupSchema).toList());
        }
        return schema;
    }

    private static SequencedMap<String, @Nullable Object> described(Key<?> key) {
        SequencedMap<String, @Nullable Object> schema =
                new LinkedHashMap<>(key.type().schema());
        String defaults =
                key.defaultText().map(text -> " Default: " + text + ".").orElse("");
        schema.put("description", key.doc() + defaults);
        return schema;
    }

    private static SequencedMap<String, @Nullable Object> groupSchema(List<String> group) {
        return Json.object(
                "oneOf",
                group.stream()
                        .map(name -> Json.object("required", List.of(name)))
                        .toList());
    }

    @Override
    public String word() {
        return what;
    }

    @Override
    public String example() {
        List<String> parts = new ArrayList<>();
        for (Key<?> key : keys) {
            if (key.isRequired()) {
                parts.add(key.name() + ": " + key.type().example());
            }
        }
        return parts.isEmpty() ? "{ … }" : "{ " + String.join(", ", parts) + " }";
    }

    @Override
    public void flatten(String key, Values value, SortedMap<String, String> into) {
        value.flat(this).forEach((name, text) -> into.put(key + "." + name, text));
    }

    @Override
    public Map<String, Section> inside() {
        return Map.of("", this);
    }
}
