package io.bascule.planfile.tree;

import io.bascule.core.rules.Nearest;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree.Entry;
import io.bascule.planfile.tree.Tree.Mapping;
import io.bascule.planfile.tree.Tree.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays a second file over a plan: maps are merged by key, single values and lists replaced. The steps of a phase are
 * matched by kind, the second {@code configure} of the overlay to the second of the plan; steps and phases cannot be
 * added. Every value keeps the place where it was written.
 */
public final class Overlay {
    private static final String PHASES = "phases";
    private static final String STEPS = "steps";
    private final Problems problems;

    private Overlay(Problems problems) {
        this.problems = problems;
    }

    /** The plan with the overlay's values. */
    public static Tree merge(Tree plan, Tree overlay, Problems problems) {
        if (plan instanceof Mapping base && overlay instanceof Mapping over) {
            return new Overlay(problems).root(base, over);
        }
        problems.add(
                Code.WRONG_FORM,
                overlay.at(),
                "an overlay is a map like a plan, this is " + overlay.word(),
                "write 'KEY: VALUE'");
        return plan;
    }

    private Mapping root(Mapping base, Mapping over) {
        return entries(base, over, (key, old, value) -> key.equals(PHASES) ? phases(old, value) : values(old, value));
    }

    private Tree phases(Tree base, Tree over) {
        if (!(base instanceof Mapping plan && over instanceof Mapping changes)) {
            return over;
        }
        List<Entry> known = new ArrayList<>();
        for (Entry change : changes.entries()) {
            if (plan.find(change.key()).isPresent()) {
                known.add(change);
            } else {
                List<String> words = plan.entries().stream().map(Entry::key).toList();
                problems.add(
                        Code.OVERLAY_ADDS,
                        change.keyAt(),
                        "the plan has no phase " + Problems.quote(change.key()) + " to change",
                        Nearest.hint(change.key(), words));
            }
        }
        return entries(plan, new Mapping(known, changes.at()), (key, old, value) -> phase(old, value));
    }

    private Tree phase(Tree base, Tree over) {
        if (base instanceof Sequence steps && over instanceof Sequence changes) {
            return steps(steps, changes);
        }
        if (base instanceof Mapping body && over instanceof Sequence) {
            Entry steps = new Entry(STEPS, over.at(), over);
            return phase(body, new Mapping(List.of(steps), over.at()));
        }
        if (base instanceof Sequence && over instanceof Mapping) {
            return phase(new Mapping(List.of(new Entry(STEPS, base.at(), base)), base.at()), over);
        }
        if (base instanceof Mapping body && over instanceof Mapping changes) {
            return entries(
                    body, changes, (key, old, value) -> key.equals(STEPS) ? phase(old, value) : values(old, value));
        }
        return over;
    }

    private Sequence steps(Sequence base, Sequence over) {
        List<Tree> merged = new ArrayList<>(base.items());
        Map<String, Integer> seen = new HashMap<>();
        for (Tree change : over.items()) {
            Optional<Entry> step = only(change);
            if (step.isEmpty()) {
                problems.add(
                        Code.WRONG_FORM, change.at(), "a step is a map with one key, its kind", "- bake: { for: 6s }");
                continue;
            }
            String kind = step.get().key();
            int occurrence = seen.merge(kind, 1, Integer::sum);
            int at = find(base, kind, occurrence);
            if (at >= 0) {
                merged.set(at, mergeStep(base.items().get(at), change));
            } else {
                refuse(step.get(), occurrence, base);
            }
        }
        return new Sequence(merged, base.at());
    }

    private Tree mergeStep(Tree base, Tree change) {
        return values(base, change);
    }

    private void refuse(Entry step, int occurrence, Sequence base) {
        List<String> kinds = base.items().stream()
                .flatMap(item -> only(item).stream())
                .map(Entry::key)
                .distinct()
                .toList();
        String which = occurrence == 1 ? "step " : "step number " + occurrence + " of kind ";
        problems.add(
                Code.OVERLAY_ADDS,
                step.keyAt(),
                "the plan's phase has no " + which + Problems.quote(step.key()) + " to change",
                kinds.contains(step.key()) ? "" : Nearest.hint(step.key(), kinds));
    }

    private static int find(Sequence steps, String kind, int occurrence) {
        int seen = 0;
        for (int i = 0; i < steps.items().size(); i++) {
            boolean same = only(steps.items().get(i))
                    .filter(entry -> entry.key().equals(kind))
                    .isPresent();
            seen += same ? 1 : 0;
            if (same && seen == occurrence) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Entry> only(Tree step) {
        return step instanceof Mapping map && map.entries().size() == 1
                ? Optional.of(map.entries().getFirst())
                : Optional.empty();
    }

    private Tree values(Tree base, Tree over) {
        return base instanceof Mapping old && over instanceof Mapping changes
                ? entries(old, changes, (key, was, value) -> values(was, value))
                : over;
    }

    private Mapping entries(Mapping base, Mapping over, Merge merge) {
        Map<String, Entry> changes = new LinkedHashMap<>();
        for (Entry change : over.entries()) {
            Entry earlier = changes.putIfAbsent(change.key(), change);
            if (earlier != null) {
                problems.add(
                        Code.DUPLICATE_KEY,
                        change.keyAt(),
                        "the key " + Problems.quote(change.key()) + " stands here again, first at " + earlier.keyAt(),
                        "remove one of the two");
            }
        }
        List<Entry> merged = new ArrayList<>();
        for (Entry old : base.entries()) {
            Entry change = changes.remove(old.key());
            merged.add(change == null ? old : merged(old, change, merge));
        }
        merged.addAll(changes.values());
        return new Mapping(merged, base.at());
    }

    private static Entry merged(Entry old, Entry change, Merge merge) {
        Tree value = merge.apply(old.key(), old.value(), change.value());
        boolean replaced = value.equals(change.value());
        return new Entry(old.key(), replaced ? change.keyAt() : old.keyAt(), value);
    }

    @FunctionalInterface
    private interface Merge {
        Tree apply(String key, Tree base, Tree over);
    }
}
