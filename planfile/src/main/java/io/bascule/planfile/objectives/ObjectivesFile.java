package io.bascule.planfile.objectives;

import io.bascule.core.performance.CompareRules;
import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Objective;
import io.bascule.core.plan.Limit.Relation;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Shorthand;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.table.Bounds;
import io.bascule.planfile.table.Bounds.Bound;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.YamlReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads objectives, and how runs are compared, from YAML or JSON:
 *
 * <pre>{@code
 * objectives:
 *   - p95 <= 500ms
 *   - { bound: success-rate >= 99.9%, name: availability, confidence: 95% }
 *   - { burn: 99.9%, windows: [ 5m/30s at 14.4x, 15m/2m at 6x ] }
 * compare: { confidence: 95%, margins: { p95: 5% }, judged: [ p99 ] }
 * }</pre>
 *
 * or in the form {@code {"max_response_time_ms": 500, "min_availability_percent": 99.9, "min_throughput_rps": 100}}.
 */
public final class ObjectivesFile {
    private static final Pattern WINDOWS = Pattern.compile("(\\S+) */ *(\\S+) +at +(\\d{1,4}(\\.\\d{1,3})?)x");
    private static final Pattern PERCENTAGE = Pattern.compile("\\d{1,3}(\\.\\d{1,6})?%");

    private static final ScalarType<Double> SHARE = ScalarType.text(
            Code.PERCENT,
            "a percentage above 0% and below 100%",
            "99.9%",
            PERCENTAGE.pattern(),
            ObjectivesFile::share,
            ObjectivesFile::percent,
            0.999);
    private static final ScalarType<Objective.Pair> PAIR = ScalarType.text(
            Code.PHRASE,
            "two stretches and a factor",
            "5m/30s at 14.4x",
            WINDOWS.pattern(),
            ObjectivesFile::pair,
            Objective.Pair::text,
            Objective.Burn.CUSTOMARY.getFirst());

    private static final Key<Bound> BOUND =
            Key.of("bound", Bounds.TYPE, "The bound that the figure of the whole run must keep to; inclusive.");
    private static final Key<String> NAME = Key.of("name", Types.TEXT, "How reports call the objective.");
    private static final Key<Double> CONFIDENCE =
            Key.of("confidence", SHARE, "With it the figure's interval must clear the bound, not the figure alone.");
    private static final Key<Double> BURN =
            Key.of("burn", SHARE, "The share of requests that must succeed; what is left of it is the error budget.");
    private static final Key<List<Objective.Pair>> STRETCHES =
            Key.of("windows", ListType.some(PAIR), "Over which stretches the budget may burn how many times too fast.");
    private static final Shorthand ITEM = new Shorthand(
            Section.of("an objective", BOUND, NAME, CONFIDENCE, BURN, STRETCHES).exactlyOne("bound", "burn"), BOUND);

    private static final Key<List<Values>> OBJECTIVES =
            Key.of("objectives", ListType.some(ITEM), "What a run must keep to.");
    private static final Key<List<String>> JUDGED =
            Key.of("judged", ListType.of(Types.NAME), "Measures that decide besides the customary ones.");
    private static final Key<Values> MARGINS = Key.of(
            "margins",
            Section.of("margins"),
            "By how much a measure may be worse, as a percentage; for success rates in points.");
    private static final Key<Double> COMPARED_AT = Key.of("confidence", SHARE, "The confidence of every interval.");
    private static final Key<Boolean> DIFFERENT_LOAD =
            Key.of("different-load", Types.FLAG, "Whether figures at different loads are compared all the same.");
    private static final Key<Values> COMPARE = Key.of(
            "compare",
            Section.of("how runs are compared", COMPARED_AT, MARGINS, JUDGED, DIFFERENT_LOAD),
            "How runs are compared.");

    private static final Key<Double> MOST_MILLIS =
            Key.of("max_response_time_ms", Types.number(0, 3_600_000, "500"), "The 95th percentile, at most.");
    private static final Key<Double> LEAST_SUCCESS =
            Key.of("min_availability_percent", Types.number(0, 100, "99.9"), "The success rate under load, at least.");
    private static final Key<Double> LEAST_THROUGHPUT =
            Key.of("min_throughput_rps", Types.number(0, 1_000_000, "100"), "Requests per second, at least.");
    private static final Section ROOT =
            Section.of("a file of objectives", OBJECTIVES, COMPARE, MOST_MILLIS, LEAST_SUCCESS, LEAST_THROUGHPUT);

    private final Problems problems;

    private ObjectivesFile(Problems problems) {
        this.problems = problems;
    }

    /** What a file asks for. */
    public record Asked(List<Objective> objectives, CompareRules rules) {
        public Asked {
            objectives = List.copyOf(objectives);
        }
    }

    /** Reads a text; never throws for what is in it. */
    public static ReadFile<Asked> read(SourceText text) {
        Problems problems = new Problems();
        Optional<Tree> tree = YamlReader.read(text, problems);
        Optional<Asked> asked = tree.flatMap(root -> new ObjectivesFile(problems).asked(root));
        return problems.faulty() || asked.isEmpty()
                ? new ReadFile.Faulty<>(problems.all(), text)
                : new ReadFile.Good<>(asked.get());
    }

    private Optional<Asked> asked(Tree root) {
        Context context = Context.root(problems);
        CompareRules rules = CompareRules.CUSTOMARY;
        Tree rest = root;
        if (root instanceof Tree.Mapping map) {
            Margins margins = Margins.taken(map, context);
            rest = margins.rest();
            rules = new CompareRules(rules.confidence(), margins.values(), rules.judged(), false);
        }
        Optional<Values> values = ROOT.decode(rest, context);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Objective> objectives = new ArrayList<>(typed(values.get()));
        List<Values> items = values.get().get(OBJECTIVES);
        for (int i = 0; i < items.size(); i++) {
            objective(items.get(i), context.key("objectives").item(i)).ifPresent(objectives::add);
        }
        Optional<Values> compare = values.get().find(COMPARE);
        return Optional.of(new Asked(objectives, compare.isPresent() ? rules(compare.get(), rules) : rules));
    }

    private static CompareRules rules(Values values, CompareRules rules) {
        HashSet<String> judged = new HashSet<>();
        values.get(JUDGED).forEach(name -> judged.add(Measure.nameOf(name)));
        return new CompareRules(
                values.find(COMPARED_AT).orElse(rules.confidence()),
                rules.margins(),
                judged,
                values.find(DIFFERENT_LOAD).orElse(false));
    }

    private static List<Objective> typed(Values values) {
        List<Objective> objectives = new ArrayList<>();
        values.find(MOST_MILLIS)
                .ifPresent(most -> objectives.add(typed("response time", "p95", true, most, "max_response_time_ms")));
        values.find(LEAST_SUCCESS)
                .ifPresent(least -> objectives.add(
                        typed("success rate under load", "success-rate", false, least, "min_availability_percent")));
        values.find(LEAST_THROUGHPUT)
                .ifPresent(
                        least -> objectives.add(typed("throughput", "throughput", false, least, "min_throughput_rps")));
        return objectives;
    }

    private static Objective typed(String name, String measure, boolean atMost, double written, String key) {
        Measure of = Measure.named(measure);
        double bound = of.unit() == io.bascule.core.performance.Unit.FRACTION
                ? BigDecimal.valueOf(written).movePointLeft(2).doubleValue()
                : written;
        return new Objective.Bound(
                name, of, atMost, bound, OptionalDouble.empty(), key + ": " + Types.decimal(written));
    }

    private Optional<Objective> objective(Values values, Context context) {
        if (values.has(BURN)) {
            alone(values, CONFIDENCE, "bound", context);
            return values.find(BURN).map(share -> burn(share, values));
        }
        alone(values, STRETCHES, "burn", context);
        return values.find(BOUND).flatMap(bound -> bound(bound, values, context));
    }

    private static Objective burn(double share, Values values) {
        List<Objective.Pair> pairs = values.find(STRETCHES).orElse(Objective.Burn.CUSTOMARY);
        String text = "burn " + percent(share) + ": "
                + String.join(", ", pairs.stream().map(Objective.Pair::text).toList());
        return new Objective.Burn(values.find(NAME).orElse("error budget"), share, pairs, text);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    private void alone(Values values, Key<?> key, String neighbour, Context context) {
        if (values.has(key)) {
            context.problem(
                    Code.NOT_WITH,
                    values.at(key),
                    "'" + key.name() + "' means something beside '" + neighbour + "' only",
                    "remove it");
        }
    }

    private Optional<Objective> bound(Bound bound, Values values, Context context) {
        if (bound.isRelative()) {
            context.problem(
                    Code.EXPRESSION,
                    values.at(BOUND),
                    "'" + bound.limit().text() + "' is relative; objectives are absolute",
                    "write a value with its unit, such as p95 <= 800ms; 'compare: { margins: … }' is for comparisons");
            return Optional.empty();
        }
        Measure measure = Measure.named(bound.limit().metric());
        Optional<Measure> fitting = fitting(measure, bound);
        if (fitting.isEmpty()) {
            context.problem(
                    Code.UNIT,
                    values.at(BOUND),
                    "'" + bound.limit().text() + "': " + measure.title().toLowerCase(java.util.Locale.ROOT)
                            + " is bounded by " + wanted(measure),
                    "");
            return Optional.empty();
        }
        return Optional.of(new Objective.Bound(
                values.find(NAME).orElse(bound.limit().text()),
                fitting.get(),
                bound.limit().relation() == Relation.AT_MOST,
                bound.limit().constant(),
                values.find(CONFIDENCE).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                bound.limit().text()));
    }

    /** A measure that is not known has the unit of its bound. */
    private static Optional<Measure> fitting(Measure measure, Bound bound) {
        var unit = switch (bound.unit()) {
            case MILLIS -> io.bascule.core.performance.Unit.MILLIS;
            case FRACTION -> io.bascule.core.performance.Unit.FRACTION;
            case PER_SECOND -> io.bascule.core.performance.Unit.PER_SECOND;
            case NUMBER, NONE -> io.bascule.core.performance.Unit.NUMBER;
        };
        if (measure.unit() == unit) {
            return Optional.of(measure);
        }
        boolean known = Measure.known().contains(measure) || measure.unit() != io.bascule.core.performance.Unit.NUMBER;
        return known
                ? Optional.empty()
                : Optional.of(new Measure(
                        measure.name(),
                        measure.title(),
                        unit,
                        measure.better(),
                        measure.margin(),
                        measure.floor(),
                        measure.weight()));
    }

    private static String wanted(Measure measure) {
        return switch (measure.unit()) {
            case MILLIS -> "a time such as 800ms";
            case FRACTION -> "a percentage such as 99.9%";
            case PER_SECOND -> "a rate such as 100/s";
            case NUMBER -> "a plain number";
        };
    }

    private static Double share(String text) throws WrongText {
        if (!PERCENTAGE.matcher(text).matches()) {
            throw WrongText.whole();
        }
        double value = new BigDecimal(text.substring(0, text.length() - 1))
                .movePointLeft(2)
                .doubleValue();
        if (value <= 0 || value >= 1) {
            throw WrongText.whole();
        }
        return value;
    }

    private static Objective.Pair pair(String text) throws WrongText {
        Matcher matcher = WINDOWS.matcher(text);
        if (!matcher.matches()) {
            throw WrongText.whole();
        }
        Duration longer = Types.duration(matcher.group(1));
        Duration shorter = Types.duration(matcher.group(2));
        double factor = Double.parseDouble(matcher.group(3));
        if (shorter.isZero() || longer.compareTo(shorter) <= 0 || factor <= 0) {
            throw WrongText.because(
                    "the first stretch of '" + text + "' must be longer than the second, and the factor above 0");
        }
        return new Objective.Pair(longer, shorter, factor);
    }
}
