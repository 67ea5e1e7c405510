package io.bascule.planfile.tree;

import io.bascule.planfile.problem.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the place of a plan path such as {@code phases.shift[0].stages[1]}. Where a path leads further than the tree
 * (a default, a missing key), the place of its nearest part counts. The kind of a step and the word {@code steps} may
 * be left out of a path.
 */
public final class TreePath {
    private static final Pattern PART = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)\\]");

    private TreePath() {}

    public static At locate(Tree root, String path) {
        Tree tree = root;
        At at = root.at();
        for (Object part : parts(path)) {
            Optional<Found> found = part instanceof Integer index ? item(tree, index) : entry(tree, (String) part);
            if (found.isEmpty()) {
                return at;
            }
            tree = found.get().value();
            at = found.get().at();
        }
        return at;
    }

    private static List<Object> parts(String path) {
        List<Object> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(path);
        while (matcher.find()) {
            parts.add(matcher.group(1) != null ? matcher.group(1) : Integer.valueOf(matcher.group(2)));
        }
        return parts;
    }

    private static Optional<Found> entry(Tree tree, String key) {
        if (!(tree instanceof Tree.Mapping map)) {
            return Optional.empty();
        }
        Optional<Tree.Entry> direct = map.find(key);
        if (direct.isPresent()) {
            return direct.map(TreePath::found);
        }
        return map.entries().size() == 1 && map.entries().getFirst().value() instanceof Tree.Mapping inner
                ? inner.find(key).map(TreePath::found)
                : Optional.empty();
    }

    private static Found found(Tree.Entry entry) {
        boolean single = entry.value() instanceof Tree.Scalar;
        return new Found(entry.value(), single ? entry.value().at() : entry.keyAt());
    }

    private static Optional<Found> item(Tree tree, int index) {
        if (tree instanceof Tree.Mapping map) {
            return map.find("steps").flatMap(entry -> item(entry.value(), index));
        }
        return tree instanceof Tree.Sequence list && index < list.items().size()
                ? Optional.of(new Found(
                        list.items().get(index), list.items().get(index).at()))
                : Optional.empty();
    }

    private record Found(Tree value, At at) {}
}
