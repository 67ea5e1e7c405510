package io.bascule.planfile.table;

import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Metric;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.table.Bounds.Bound;
import io.bascule.planfile.table.Bounds.Unit;
import io.bascule.planfile.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists of bounds, checked against the metrics they bound: relative or absolute as their key wants, units fitting. */
final class Objectives {
    private Objectives() {}

    enum Allowed {
        ABSOLUTE,
        RELATIVE,
        BOTH
    }

    static List<Limit> limits(
            Values values, Key<List<Bound>> key, Allowed allowed, Map<String, Metric> metrics, Context context) {
        List<Limit> limits = new ArrayList<>();
        if (values.tree(key).orElse(null) instanceof Tree.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                Tree item = list.items().get(i);
                Optional<Bound> bound = Bounds.TYPE.decode(item, Context.root(new Problems()));
                Context here = context.key(key.name()).item(i);
                bound.ifPresent(one -> check(one, item, allowed, metrics, here));
                bound.ifPresent(one -> limits.add(one.limit()));
            }
        }
        return limits;
    }

    private static void check(Bound bound, Tree item, Allowed allowed, Map<String, Metric> metrics, Context context) {
        if (bound.isRelative() && allowed == Allowed.ABSOLUTE) {
            context.problem(
                    Code.EXPRESSION,
                    item.at(),
                    "'" + bound.limit().text() + "' is relative; here stand absolute bounds",
                    "write a value with its unit, such as p95 <= 800ms");
        }
        if (!bound.isRelative() && allowed == Allowed.RELATIVE) {
            context.problem(
                    Code.EXPRESSION,
                    item.at(),
                    "'" + bound.limit().text() + "' is absolute; here stand bounds relative to the source",
                    "move it to 'limits', or write it as p95 <= 1.5 x source + 50ms");
        }
        Metric metric = metrics.get(bound.limit().metric());
        if (metric != null) {
            checkUnit(bound, item, metric, context);
        }
    }

    private static void checkUnit(Bound bound, Tree item, Metric metric, Context context) {
        String wanted = switch (metric.kind()) {
            case Metric.Rate _ ->
                bound.unit() == Unit.MILLIS || bound.unit() == Unit.PER_SECOND ? "a percentage such as 1%" : "";
            case Metric.Percentile _ ->
                bound.unit() == Unit.MILLIS || bound.unit() == Unit.NONE ? "" : "a time such as 800ms";
            case Metric.Gauge _ -> bound.unit() == Unit.FRACTION || bound.unit() == Unit.MILLIS ? "a plain number" : "";
        };
        if (!wanted.isEmpty()) {
            context.problem(
                    Code.UNIT,
                    item.at(),
                    "'" + bound.limit().text() + "': the metric '" + metric.name() + "' is bounded by " + wanted,
                    "");
        }
    }
}
