package io.bascule.planfile;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Problem;
import io.bascule.planfile.tree.SourceText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What reading a plan came to: a plan that may be run, or every problem it has. */
public sealed interface Decoded {

    /** For either: what people should be told, in the order of the file. */
    List<Problem> told();

    /**
     * A plan that keeps every rule.
     *
     * @param warnings problems with codes from BSC-9000 up; none of them refuses the plan
     * @param canonicalJson the resolved form whose SHA-256 is the plan's hash
     * @param texts the plan's text and its overlays', in order: what a run stores
     * @param baseDir the folder that relative paths of the plan start from
     * @param files SHA-256 of each file that is part of the plan, by its path as written
     */
    record Good(
            CutoverPlan plan,
            List<Problem> warnings,
            String canonicalJson,
            List<SourceText> texts,
            Path baseDir,
            SortedMap<String, String> files)
            implements Decoded {
        public Good {
            warnings = List.copyOf(warnings);
            texts = List.copyOf(texts);
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }

        @Override
        public List<Problem> told() {
            return warnings;
        }
    }

    /**
     * A plan that may not be run.
     *
     * @param problems all of them, warnings among them, from top to bottom; at least one
     */
    record Faulty(List<Problem> problems, List<SourceText> texts) implements Decoded {
        public Faulty {
            problems = List.copyOf(problems);
            texts = List.copyOf(texts);
        }

        @Override
        public List<Problem> told() {
            return problems;
        }
    }
}
