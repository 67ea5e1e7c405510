package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of values of one type.
 *
 * @param least how many there must be
 */
public record ListType<T>(ValueType<T> item, int least) implements ValueType<List<T>> {
    public static <T> ListType<T> of(ValueType<T> item) {
        return new ListType<>(item, 0);
    }

    public static <T> ListType<T> some(ValueType<T> item) {
        return new ListType<>(item, 1);
    }

    @Override
    public Optional<List<T>> decode(Tree tree, Context context) {
        if (!(tree instanceof Tree.Sequence list)) {
            context.problem(
                    Code.WRONG_FORM,
                    tree.at(),
                    "expected " + word() + ", found " + tree.word(),
                    "write it as " + example());
            return Optional.empty();
        }
        if (list.items().size() < least) {
            context.problem(
                    Code.WRONG_FORM,
                    tree.at(),
                    "expected at least " + least + " in the list, it is empty",
                    "write it as " + example());
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Unanswered.or(item, list.items().get(i), context.item(i), "").ifPresent(values::add);
        }
        return Optional.of(List.copyOf(values));
    }

    @Override
    public List<T> fallback() {
        return List.of();
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        SequencedMap<String, @Nullable Object> schema = Json.object("type", "array", "items", item.schema());
        if (least > 0) {
            schema.put("minItems", least);
        }
        return schema;
    }

    @Override
    public String word() {
        return "a list, each item " + item.word();
    }

    @Override
    public String example() {
        return "[ " + item.example() + " ]";
    }

    @Override
    public void flatten(String key, List<T> value, SortedMap<String, String> into) {
        List<String> texts = new ArrayList<>();
        for (T each : value) {
            TreeMap<String, String> one = new TreeMap<>();
            item.flatten("item", each, one);
            texts.addAll(one.values());
        }
        into.put(key, String.join(",", texts));
    }

    @Override
    public Map<String, Section> inside() {
        return item.inside();
    }
}
