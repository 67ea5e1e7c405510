package io.bascule.planfile.keys;

import io.bascule.core.plan.Settings;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An adapter's section under a key that is the adapter's name: {@code file: source/app.properties}. */
public record MeansType(SettingsDecoder decoder, ValueType<Values> section) implements ValueType<Settings> {

    public static MeansType of(SettingsDecoder decoder) {
        ValueType<Values> section = decoder.main().isPresent()
                ? new Shorthand(decoder.keys(), decoder.main().get())
                : decoder.keys();
        return new MeansType(decoder, section);
    }

    /** One key for each adapter of a role. */
    public static List<Key<Settings>> keys(Role role) {
        List<Key<Settings>> keys = new ArrayList<>();
        for (SettingsDecoder decoder : SettingsDecoders.all(role).values()) {
            keys.add(key(decoder));
        }
        return keys;
    }

    /** The key that is the adapter's name. */
    public static Key<Settings> key(SettingsDecoder decoder) {
        String doc = "By means of the adapter '" + decoder.adapter() + "': "
                + decoder.keys().what() + ".";
        return Key.of(decoder.adapter(), of(decoder), doc);
    }

    /** A table with, beside its own keys, exactly one adapter of a role. */
    public static Section section(Section own, Role role) {
        List<Key<Settings>> keys = keys(role);
        return own.with(keys).exactlyOne(keys.stream().map(Key::name).toList());
    }

    /** The settings of the adapter that was named; empty settings where a problem was told. */
    public static Settings settings(Values values, Role role) {
        return keys(role).stream()
                .flatMap(key -> values.written(key).stream())
                .findFirst()
                .orElse(Settings.of("none"));
    }

    @Override
    public Optional<Settings> decode(Tree tree, Context context) {
        int before = context.problems().errors();
        Optional<Values> values = section.decode(tree, context);
        values.ifPresent(read -> decoder.check(read, context));
        return context.problems().errors() > before ? Optional.empty() : values.map(decoder::settings);
    }

    @Override
    public Settings fallback() {
        return Settings.of(decoder.adapter());
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        return section.schema();
    }

    @Override
    public String word() {
        return section.word();
    }

    @Override
    public String example() {
        return section.example();
    }

    @Override
    public void flatten(String key, Settings value, SortedMap<String, String> into) {
        value.values().forEach((name, text) -> into.put(key + "." + name, text));
    }

    @Override
    public Map<String, Section> inside() {
        return section.inside();
    }
}
