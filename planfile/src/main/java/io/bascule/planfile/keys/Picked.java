package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.core.plan.Settings;
import io.bascule.core.rules.Nearest;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A table whose adapter is picked by one of its keys ({@code router: front-door}), with that adapter's keys beside the
 * plan's own.
 *
 * @param kind the key that names the adapter; with a default it may be left out
 * @param own the plan's own keys, {@code kind} among them
 */
public record Picked(Role role, Key<String> kind, Section own) implements ValueType<Picked.Value> {

    /** What was read, and the adapter's settings; the settings are empty where problems were told. */
    public record Value(Values values, Settings settings) {}

    @Override
    public Optional<Value> decode(Tree tree, Context context) {
        if (!(tree instanceof Tree.Mapping map)) {
            return own.decode(tree, context).map(values -> new Value(values, Settings.of("none")));
        }
        Optional<SettingsDecoder> decoder = decoder(map, context);
        if (decoder.isEmpty()) {
            return partly(map, context).map(values -> new Value(values, Settings.of("none")));
        }
        int before = context.problems().errors();
        Optional<Values> values = section(decoder.get()).decode(map, context);
        values.ifPresent(read -> decoder.get().check(read, context));
        boolean good = context.problems().errors() == before;
        return values.map(read -> new Value(
                read,
                good ? decoder.get().settings(read) : Settings.of(decoder.get().adapter())));
    }

    private Optional<SettingsDecoder> decoder(Tree.Mapping map, Context context) {
        Optional<Tree> word = map.find(kind.name()).map(Tree.Entry::value);
        String name = word.isPresent()
                ? word.get() instanceof Tree.Scalar scalar ? scalar.text() : ""
                : kind.defaultValue().orElse("");
        Optional<SettingsDecoder> decoder = SettingsDecoders.find(role, name);
        if (decoder.isEmpty() && word.isPresent() && !name.isEmpty()) {
            List<String> known = List.copyOf(SettingsDecoders.all(role).keySet());
            context.key(kind.name())
                    .problem(
                            Code.UNKNOWN_ADAPTER,
                            word.get().at(),
                            "no module here brings " + Problems.quote(name),
                            Nearest.hint(name, known));
        }
        return decoder;
    }

    /** Without an adapter only the plan's own keys can be read; the others are not held against anyone. */
    private Optional<Values> partly(Tree.Mapping map, Context context) {
        List<Tree.Entry> known = map.entries().stream()
                .filter(entry -> own.key(entry.key()).isPresent())
                .toList();
        return own.decode(new Tree.Mapping(known, map.at()), context);
    }

    private Section section(SettingsDecoder decoder) {
        Section both = own.with(decoder.keys().keys());
        for (List<String> group : decoder.keys().oneOf()) {
            both = both.exactlyOne(group);
        }
        return both;
    }

    @Override
    public Value fallback() {
        return new Value(own.fallback(), Settings.of("none"));
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        List<Object> choices = new ArrayList<>();
        for (SettingsDecoder decoder : SettingsDecoders.all(role).values()) {
            SequencedMap<String, @Nullable Object> schema =
                    new LinkedHashMap<>(section(decoder).schema());
            SequencedMap<String, @Nullable Object> properties = new LinkedHashMap<>();
            if (schema.get("properties") instanceof Map<?, ?> inner) {
                inner.forEach((key, value) -> properties.put(String.valueOf(key), value));
            }
            properties.put(kind.name(), Json.object("const", decoder.adapter(), "description", kind.doc()));
            schema.put("properties", properties);
            requireKind(schema, decoder);
            choices.add(schema);
        }
        return Json.object("anyOf", choices);
    }

    private void requireKind(SequencedMap<String, @Nullable Object> schema, SettingsDecoder decoder) {
        boolean assumed = kind.defaultValue().filter(decoder.adapter()::equals).isPresent();
        List<Object> required = new ArrayList<>();
        if (schema.get("required") instanceof List<?> names) {
            names.stream().filter(name -> !kind.name().equals(name)).forEach(required::add);
        }
        if (!assumed) {
            required.add(kind.name());
        }
        schema.put("required", required);
    }

    @Override
    public String word() {
        return own.what();
    }

    @Override
    public String example() {
        return own.example();
    }

    @Override
    public void flatten(String key, Value value, SortedMap<String, String> into) {
        value.settings().values().forEach((name, text) -> into.put(key + "." + name, text));
    }

    @Override
    public Map<String, Section> inside() {
        Map<String, Section> inside = new LinkedHashMap<>();
        inside.put("", own);
        for (SettingsDecoder decoder : SettingsDecoders.all(role).values()) {
            inside.put("(" + kind.name() + ": " + decoder.adapter() + ")", decoder.keys());
        }
        return inside;
    }
}
