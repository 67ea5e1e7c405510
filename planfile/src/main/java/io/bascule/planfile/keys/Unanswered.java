package io.bascule.planfile.keys;

import io.bascule.planfile.problem.Code;
import io.bascule.planfile.tree.Tree;
import java.util.Optional;

/**
 * The word {@code unanswered} in place of any value: what a plan made from another tool's file still has to be told. It
 * is one problem, at its place, and nothing that follows from it is told as well.
 */
final class Unanswered {
    private static final String WORD = "unanswered";

    private Unanswered() {}

    /** As the type decodes it, unless the value is still owed. */
    static <T> Optional<T> or(ValueType<T> type, Tree tree, Context context, String doc) {
        if (tree instanceof Tree.Scalar scalar && scalar.text().equals(WORD)) {
            String asked = doc.isEmpty() ? "it takes " + type.word() : doc;
            context.problem(Code.UNANSWERED, tree.at(), "not answered yet: " + asked, "write it as " + type.example());
            return Optional.empty();
        }
        return type.decode(tree, context);
    }
}
