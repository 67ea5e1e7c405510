package io.bascule.planfile.problem;

import io.bascule.core.rules.Rule;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Every problem code there is, in one table: those of the file's form and those of the rules for plans. */
public final class CodeBook {
    private static final TreeMap<String, Entry> ENTRIES = new TreeMap<>();

    static {
        for (Code code : Code.values()) {
            put(new Entry(code.number(), code.title(), code.meaning(), did(code.number()), code.remedy()));
        }
        for (Rule rule : Rule.values()) {
            put(new Entry(rule.code(), rule.title(), rule.meaning(), did(rule.code()), rule.remedy()));
        }
    }

    private CodeBook() {}

    private static void put(Entry entry) {
        if (ENTRIES.put(entry.number(), entry) != null) {
            throw new IllegalStateException("a code twice: " + entry.number());
        }
    }

    private static String did(String number) {
        return isWarning(number)
                ? "A warning: the plan is accepted, and the warning is shown wherever the plan is checked or started."
                : "The plan was refused as a whole and nothing was touched; the command ended with exit code 2.";
    }

    /** Warnings are the codes from BSC-9000 up; everything else refuses the plan. */
    public static boolean isWarning(String number) {
        return number.startsWith("BSC-9");
    }

    public static Optional<Entry> find(String number) {
        return Optional.ofNullable(ENTRIES.get(number));
    }

    /** All entries by number. */
    public static SequencedMap<String, Entry> all() {
        return new TreeMap<>(ENTRIES);
    }
}
