package io.bascule.core.port;

/** The five answers to a question about the world; only PASS is a yes. Always with a reason in one sentence. */
public sealed interface Verdict {
    String reason();

    /** The word in journals and {@code -o json}. */
    default String word() {
        return switch (this) {
            case Pass _ -> "PASS";
            case Fail _ -> "FAIL";
            case Inconclusive _ -> "INCONCLUSIVE";
            case NoData _ -> "NO_DATA";
            case Errored _ -> "ERROR";
        };
    }

    default boolean passed() {
        return this instanceof Pass;
    }

    record Pass(String reason) implements Verdict {}

    record Fail(String reason) implements Verdict {}

    record Inconclusive(String reason) implements Verdict {}

    record NoData(String reason) implements Verdict {}

    record Errored(String reason) implements Verdict {}
}
