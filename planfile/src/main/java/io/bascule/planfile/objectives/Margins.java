package io.bascule.planfile.objectives;

import io.bascule.core.performance.Measure;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The margins of a comparison, whose keys are names of measures and in no table.
 *
 * @param rest the file without them
 */
record Margins(SortedMap<String, Double> values, Tree rest) {

    static Margins taken(Tree.Mapping root, Context context) {
        SortedMap<String, Double> values = new TreeMap<>();
        List<Tree.Entry> entries = new ArrayList<>();
        for (Tree.Entry entry : root.entries()) {
            boolean compare = entry.key().equals("compare") && entry.value() instanceof Tree.Mapping;
            entries.add(compare ? without((Tree.Mapping) entry.value(), entry, values, context) : entry);
        }
        return new Margins(values, new Tree.Mapping(entries, root.at()));
    }

    private static Tree.Entry without(
            Tree.Mapping compare, Tree.Entry entry, SortedMap<String, Double> values, Context context) {
        List<Tree.Entry> kept = new ArrayList<>();
        for (Tree.Entry each : compare.entries()) {
            if (each.key().equals("margins") && each.value() instanceof Tree.Mapping margins) {
                margins.entries()
                        .forEach(margin ->
                                margin(margin, values, context.key("compare").key("margins")));
            } else {
                kept.add(each);
            }
        }
        return new Tree.Entry(entry.key(), entry.keyAt(), new Tree.Mapping(kept, compare.at()));
    }

    private static void margin(Tree.Entry entry, SortedMap<String, Double> values, Context context) {
        String name = Measure.nameOf(entry.key());
        boolean fits =
                entry.value() instanceof Tree.Scalar scalar && scalar.text().matches("\\d{1,3}(\\.\\d{1,4})?%");
        if (!fits || !name.matches("[a-z][a-z0-9-]*")) {
            context.key(entry.key())
                    .problem(
                            Code.PERCENT,
                            entry.value().at(),
                            "expected the name of a measure and a percentage, found "
                                    + entry.value().word(),
                            "write it as p95: 10%");
            return;
        }
        String text = ((Tree.Scalar) entry.value()).text();
        double value = new BigDecimal(text.substring(0, text.length() - 1))
                .movePointLeft(2)
                .doubleValue();
        if (values.put(name, value) != null) {
            context.problem(
                    Code.DUPLICATE_KEY,
                    entry.keyAt(),
                    "the measure '" + name + "' stands here again",
                    "remove one of the two");
        }
    }
}
