package io.bascule.app.imports;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of another tool's file: the text of a plan, or every problem of the file. */
public sealed interface Imported {
    /** A plan of that name; what the file left out is 'unanswered' in it. */
    record Plan(String yaml) implements Imported {}

    record Faulty(List<Problem> problems) implements Imported {}

    /**
     * Reads the JSON (or YAML) of the two tools that Bascule knows: a cutover script's for a load balancer and a name,
     * and a weighted shift's of one name. Which it is, its keys tell.
     *
     * @param plan the name of the new plan
     */
    static Imported read(SourceText file, String plan) {
        Problems problems = new Problems();
        Optional<Tree> tree = YamlReader.read(file, problems).map(Imported::withoutNothing);
        if (tree.isEmpty()) {
            return new Faulty(problems.all());
        }
        boolean weighted = isOf(tree.get(), WeightedShift.KEYS);
        if (!weighted && !isOf(tree.get(), CutoverScript.KEYS)) {
            problems.add(
                    Code.WRONG_FORM,
                    At.whole(file.name()),
                    "no file of a tool that is known here",
                    "a load balancer's cutover has keys such as 'new_target_group_arn', a weighted shift 'hosted_zone_id'");
            return new Faulty(problems.all());
        }
        Section keys = weighted ? WeightedShift.KEYS : CutoverScript.KEYS;
        Optional<Values> values = keys.decode(tree.get(), Context.root(problems));
        if (values.isEmpty() || problems.faulty()) {
            return new Faulty(problems.all());
        }
        return new Plan(weighted ? WeightedShift.plan(plan, values.get()) : CutoverScript.plan(plan, values.get()));
    }

    /** A key whose value is null says as little as a key that is not there. */
    private static Tree withoutNothing(Tree tree) {
        return tree instanceof Tree.Mapping map
                ? new Tree.Mapping(
                        map.entries().stream()
                                .filter(entry -> !(entry.value() instanceof Tree.Scalar scalar
                                        && scalar.form() == Tree.Form.NULL))
                                .toList(),
                        map.at())
                : tree;
    }

    private static boolean isOf(Tree tree, Section keys) {
        return tree instanceof Tree.Mapping map
                && map.entries().stream()
                                .map(Tree.Entry::key)
                                .filter(key -> keys.key(key).isPresent())
                                .count()
                        > others(map, keys);
    }

    private static long others(Tree.Mapping map, Section keys) {
        Stream<Tree.Entry> unknown =
                map.entries().stream().filter(entry -> keys.key(entry.key()).isEmpty());
        return unknown.count();
    }
}
