package io.bascule.planfile.keys;

import io.bascule.core.json.Json;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.Tree.Form;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The type of single values, read by a parser of their text. */
public final class ScalarType<T> implements ValueType<T> {
    private static final int LONGEST = 4096;
    private final Code code;
    private final String word;
    private final String example;
    private final Set<Form> forms;
    private final SequencedMap<String, @Nullable Object> schema;
    private final Parser<T> parser;
    private final Function<T, String> canonical;
    private final T fallback;

    private ScalarType(
            Code code,
            String word,
            String example,
            Set<Form> forms,
            SequencedMap<String, @Nullable Object> schema,
            Parser<T> parser,
            Function<T, String> canonical,
            T fallback) {
        this.code = code;
        this.word = word;
        this.example = example;
        this.forms = forms;
        this.schema = schema;
        this.parser = parser;
        this.canonical = canonical;
        this.fallback = fallback;
    }

    /** A value that is written as text, described to editors by a pattern (the same in ECMA and Java). */
    public static <T> ScalarType<T> text(
            Code code,
            String word,
            String example,
            String pattern,
            Parser<T> parser,
            Function<T, String> canonical,
            T fallback) {
        SequencedMap<String, @Nullable Object> schema = Json.object("type", "string", "pattern", pattern);
        return new ScalarType<>(code, word, example, EnumSet.of(Form.TEXT), schema, parser, canonical, fallback);
    }

    /** A value of other forms, with a schema of its own. */
    public static <T> ScalarType<T> of(
            Code code,
            String word,
            String example,
            Set<Form> forms,
            SequencedMap<String, @Nullable Object> schema,
            Parser<T> parser,
            Function<T, String> canonical,
            T fallback) {
        return new ScalarType<>(code, word, example, forms, schema, parser, canonical, fallback);
    }

    @Override
    public Optional<T> decode(Tree tree, Context context) {
        if (!(tree instanceof Tree.Scalar scalar)) {
            context.problem(
                    Code.WRONG_FORM,
                    tree.at(),
                    "expected " + word + ", found " + tree.word(),
                    "write it as " + example);
            return Optional.empty();
        }
        if (!forms.contains(scalar.form()) || scalar.text().length() > LONGEST) {
            context.problem(code, tree.at(), "expected " + word + ", found " + found(scalar), hint(scalar));
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(scalar.text()));
        } catch (WrongText wrong) {
            context.problem(
                    wrong.code().orElse(code),
                    scalar.at(wrong.offset()),
                    wrong.expected(word, code == Code.SECRET ? "a literal" : Problems.quote(scalar.text())),
                    wrong.hint().orElse("write it as " + example));
            return Optional.empty();
        }
    }

    /** A number where a text belongs often lacks its unit: the parser knows. */
    private String hint(Tree.Scalar scalar) {
        if (scalar.text().length() > LONGEST) {
            return "at most " + LONGEST + " characters are read";
        }
        try {
            parser.parse(scalar.text());
        } catch (WrongText wrong) {
            return wrong.hint().orElse("write it as " + example);
        }
        return forms.contains(Form.TEXT) && scalar.form() != Form.NULL
                ? "put it into quotes: \"" + scalar.text() + "\""
                : "write it as " + example;
    }

    private String found(Tree.Scalar scalar) {
        return switch (scalar.form()) {
            case NULL -> "nothing";
            case TEXT -> code == Code.SECRET ? "a literal" : "the text " + Problems.quote(scalar.text());
            case WHOLE, DECIMAL, FLAG -> code == Code.SECRET ? "a literal" : Problems.quote(scalar.text());
        };
    }

    @Override
    public T fallback() {
        return fallback;
    }

    @Override
    public SequencedMap<String, @Nullable Object> schema() {
        return schema;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String example() {
        return example;
    }

    @Override
    public void flatten(String key, T value, SortedMap<String, String> into) {
        into.put(key, canonical.apply(value));
    }

    /** Reads a text, or says from which character on it is wrong. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text) throws WrongText;
    }
}
