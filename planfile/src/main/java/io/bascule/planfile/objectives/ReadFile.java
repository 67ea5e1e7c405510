package io.bascule.planfile.objectives;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.tree.SourceText;
import java.util.List;

/** What reading a file came to. */
public sealed interface ReadFile<T> {
    record Good<T>(T value) implements ReadFile<T> {}

    /**
     * A file that cannot be used.
     *
     * @param problems all of them, from top to bottom; at least one
     */
    record Faulty<T>(List<Problem> problems, SourceText text) implements ReadFile<T> {
        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
