package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.planfile.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A table that may be written shorter, as the value of its main key alone: {@code file: messages/} for
 * {@code file: { path: messages/ }}, a phase's list of steps for {@code { steps: […] }}.
 */
public record Shorthand(Section section, Key<?> main) implements ValueType<Values> {

    @Override
    public Optional<Values> decode(Tree tree, Context context) {
        return section.decode(tree instanceof Tree.Mapping ? tree : wrapped(tree), context);
    }

    private Tree wrapped(Tree tree) {
        return new Tree.Mapping(List.of(new Tree.Entry(main.name(), tree.at(), tree)), tree.at());
    }

    @Override
    public Values fallback() {
        return section.fallback();
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        return Json.object("anyOf", List.of(main.type().schema(), section.schema()));
    }

    @Override
    public String word() {
        return main.type().word();
    }

    @Override
    public String example() {
        return main.type().example();
    }

    @Override
    public void flatten(String key, Values value, SortedMap<String, String> into) {
        section.flatten(key, value, into);
    }

    @Override
    public Map<String, Section> inside() {
        return section.inside();
    }
}
