package io.bascule.planfile.tree;

import io.bascule.planfile.problem.At;
import java.util.List;
import java.util.Optional;

/** One value of a YAML document with its place. */
public sealed interface Tree {
    At at();

    /** What people call such a value. */
    String word();

    /**
     * A single value.
     *
     * @param text as YAML reads it, quotes and escapes resolved
     * @param inset columns from {@code at} to the text's first character; -1 when columns inside the text do not match
     *     the file's (several lines, escapes)
     */
    record Scalar(String text, Form form, int inset, At at) implements Tree {
        @Override
        public String word() {
            return switch (form) {
                case TEXT -> "a text";
                case WHOLE, DECIMAL -> "a number";
                case FLAG -> "true or false";
                case NULL -> "nothing";
            };
        }

        /** The place of a character of the text, or of the whole value where that cannot be told. */
        public At at(int offset) {
            int visible = text.codePointCount(0, Math.clamp(offset, 0, text.length()));
            return inset < 0 || offset == 0 ? at : at.right(inset + visible);
        }
    }

    /** What a plain scalar resolves to in YAML 1.2. */
    enum Form {
        TEXT,
        WHOLE,
        DECIMAL,
        FLAG,
        NULL
    }

    record Mapping(List<Entry> entries, At at) implements Tree {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String word() {
            return "a map";
        }

        /** The first entry of that key. */
        public Optional<Entry> find(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }
    }

    record Entry(String key, At keyAt, Tree value) {}

    record Sequence(List<Tree> items, At at) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String word() {
            return "a list";
        }
    }
}
