package io.bascule.planfile.objectives;

import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Measured;
import io.bascule.core.performance.OfferedLoad;
import io.bascule.core.performance.Unit;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.YamlReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads figures that somebody wrote down, names to numbers in JSON or YAML: {@code {"p95_response_time": 1200,
 * "success_rate": 99.2, "cpu_utilization": 75}}. Times are milliseconds, shares percentages. {@code concurrent_users} or
 * {@code offered_rps} say what the load was, {@code total_requests} how many there were; every other name is a measure.
 */
public final class FiguresFile {
    private final Problems problems;
    private final TreeMap<String, Double> figures = new TreeMap<>();
    private OptionalLong requests = OptionalLong.empty();
    private OfferedLoad load = new OfferedLoad.Unsaid();

    private FiguresFile(Problems problems) {
        this.problems = problems;
    }

    /** Reads a text; never throws for what is in it. */
    public static ReadFile<Measured> read(SourceText text) {
        Problems problems = new Problems();
        FiguresFile file = new FiguresFile(problems);
        YamlReader.read(text, problems).ifPresent(file::root);
        return problems.faulty()
                ? new ReadFile.Faulty<>(problems.all(), text)
                : new ReadFile.Good<>(file.measured(text.name()));
    }

    private void root(Tree root) {
        if (!(root instanceof Tree.Mapping map) || map.entries().isEmpty()) {
            problems.add(
                    Code.WRONG_FORM,
                    root.at(),
                    "expected figures as a map of names and numbers, found " + root.word(),
                    "write it as { \"p95_response_time\": 1200, \"success_rate\": 99.2 }");
            return;
        }
        Map<String, At> seen = new HashMap<>();
        for (Tree.Entry entry : map.entries()) {
            At first = seen.putIfAbsent(Measure.nameOf(entry.key()), entry.keyAt());
            if (first != null) {
                problems.add(
                        Code.DUPLICATE_KEY,
                        entry.keyAt(),
                        "the figure " + Problems.quote(entry.key()) + " stands here again, first at line "
                                + first.line(),
                        "remove one of the two");
            } else {
                number(entry).ifPresent(value -> take(entry, value));
            }
        }
    }

    private Optional<Double> number(Tree.Entry entry) {
        boolean number = entry.value() instanceof Tree.Scalar scalar
                && (scalar.form() == Tree.Form.WHOLE || scalar.form() == Tree.Form.DECIMAL)
                && scalar.text().matches("-?\\d{1,15}(\\.\\d{1,15})?([eE][-+]?\\d{1,2})?");
        if (number) {
            return Optional.of(Double.parseDouble(((Tree.Scalar) entry.value()).text()));
        }
        problems.add(
                Code.NUMBER,
                entry.value().at(),
                Problems.quote(entry.key()) + " is a number, found "
                        + entry.value().word(),
                "times in milliseconds, shares in percent, without a unit");
        return Optional.empty();
    }

    private void take(Tree.Entry entry, double value) {
        Measure measure = Measure.named(entry.key());
        boolean share = measure.unit() == Unit.FRACTION;
        if (value < 0 || (share && value > 100)) {
            problems.add(
                    Code.NUMBER,
                    entry.value().at(),
                    Problems.quote(entry.key()) + " is "
                            + (share ? "a percentage from 0 to 100" : "a number from 0 up") + ", found "
                            + ((Tree.Scalar) entry.value()).text(),
                    "");
            return;
        }
        switch (measure.name()) {
            case "concurrent-users" -> load = new OfferedLoad.Closed((int) value);
            case "offered-rps" -> load = new OfferedLoad.Open(value);
            case "total-requests" -> requests = OptionalLong.of(Math.round(value));
            case "duration-minutes", "duration-seconds" -> {}
            default -> figures.put(measure.name(), measure.unit().inside(value));
        }
    }

    private Measured measured(String name) {
        Measured typed = Measured.typed(name, load, figures);
        Double success = figures.get("success-rate");
        if (requests.isEmpty() || success == null) {
            return typed;
        }
        long failed = Math.round(requests.getAsLong() * (1 - success));
        return new Measured(
                name,
                load,
                requests,
                OptionalLong.of(failed),
                typed.begun(),
                typed.lasted(),
                figures,
                typed.slices(),
                typed.millis(),
                typed.samples(),
                typed.errors(),
                typed.invalid(),
                typed.schedule());
    }
}
