package io.bascule.planfile.table;

import io.bascule.core.json.Json;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Environment;
import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Person;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PlanHash;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Tell;
import io.bascule.core.plan.Writer;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.NamesType;
import io.bascule.planfile.keys.Picked;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SingleKey;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The whole plan: its outermost keys, and how their values become a {@link CutoverPlan}. */
public final class PlanTable {
    /** Stands in until the plan's own hash is known. */
    public static final PlanHash UNHASHED = new PlanHash("0".repeat(64));

    private static final Key<Integer> BASCULE =
            Key.of("bascule", version(), "The version of this format.").required();
    private static final Key<String> NAME = Key.of(
                    "name", Types.NAME, "The plan's name, in journals, commands and claims.")
            .required();
    private static final Key<String> TITLE = Key.of("title", Types.TEXT, "What messages and reports call the cutover.")
            .orElseSaid("the name");
    private static final Key<Shape> SHAPE = Key.of(
                    "shape",
                    Types.words(shapes(), Shape.DATA_FIRST),
                    "The order in which users and data move; each shape has one legal sequence of phases.")
            .required();
    private static final Key<String> FOLLOWS =
            Key.of("follows", Types.TEXT, "The run whose source a decommission removes; only for that shape.");
    private static final Key<Values> WINDOW =
            Key.of("window", WindowTable.TABLE, "When the cutover may run.").required();
    private static final Key<SequencedMap<String, Values>> PEOPLE = Key.of(
                    "people", NamesType.of("PERSON", PeopleTable.PERSON), "Everyone with a part in the cutover.")
            .required();
    private static final Key<Values> SOURCE = Key.of("source", PeopleTable.ENVIRONMENT, "The environment that is left.")
            .required();
    private static final Key<Values> TARGET = Key.of(
                    "target", PeopleTable.ENVIRONMENT, "The environment that is entered.")
            .required();
    private static final Key<Values> ENVIRONMENTS = Key.of(
                    "environments", Section.of("the environments", SOURCE, TARGET), "The two sides.")
            .required();
    private static final Key<SequencedMap<String, Picked.Value>> ENTRANCES =
            Key.of("entrances", NamesType.of("ENTRANCE", TrafficTable.TABLE), "Every way in.");
    private static final Key<SequencedMap<String, Values>> DATASETS = Key.of(
            "datasets",
            NamesType.of("DATASET", DataTable.DATASET),
            "Every body of data, and on purpose what becomes of it.");
    private static final Key<SequencedMap<String, Values>> WRITERS = Key.of(
            "writers",
            NamesType.of("WRITER", DataTable.WRITER),
            "Everything that writes; each must be refused during the freeze.");
    private static final Key<SequencedMap<String, Values>> METRICS =
            Key.of("metrics", NamesType.of("METRIC", JudgementTable.METRIC), "What is measured on each side.");
    private static final Key<Values> DEFAULT =
            Key.of("default", JudgementTable.RULE, "The rule of every soak.").required();
    private static final Key<Values> JUDGEMENT =
            Key.of("judgement", Section.of("the judgements", DEFAULT), "How soaks are judged.");
    private static final Key<SequencedMap<String, Values>> PHASES = Key.of(
                    "phases",
                    PhaseTable.TABLE,
                    "The sequence; a phase that occurs twice is written configure-2 the second time.")
            .required();
    private static final Key<Values> TELL = Key.of("tell", PeopleTable.TELL, "Who is told, and how.");

    /** The outermost table. */
    public static final Section ROOT = Section.of(
            "a plan",
            BASCULE,
            NAME,
            TITLE,
            SHAPE,
            FOLLOWS,
            WINDOW,
            PEOPLE,
            ENVIRONMENTS,
            ENTRANCES,
            DATASETS,
            WRITERS,
            METRICS,
            JUDGEMENT,
            PHASES,
            TELL);

    private PlanTable() {}

    /** The steps' type, for docs. */
    public static SingleKey steps() {
        return StepTable.STEP;
    }

    /** One sentence about each kind of step, for docs. */
    public static SequencedMap<String, String> stepDocs() {
        SequencedMap<String, String> docs = new LinkedHashMap<>();
        StepTable.all().forEach((word, kind) -> docs.put(word, kind.doc()));
        return docs;
    }

    /** The plan of values that were read; where problems were told, stand-ins take the place of what is missing. */
    public static CutoverPlan plan(Values values, Context context) {
        List<Metric> metrics = named(values.get(METRICS), JudgementTable::metric, Metric::name);
        List<Dataset> datasets = named(values.get(DATASETS), DataTable::dataset, Dataset::name);
        Map<String, Metric> byName = metrics.stream().collect(Collectors.toMap(Metric::name, Function.identity()));
        SequencedMap<String, Values> people = values.get(PEOPLE);
        List<Phase> phases = phases(values, new StepKind.Scope(byName, datasets, context.key("phases")), context);
        return new CutoverPlan(
                values.get(NAME),
                values.find(TITLE).orElse(values.get(NAME)),
                values.get(SHAPE),
                WindowTable.window(values.get(WINDOW), context.key("window")),
                named(people, PeopleTable::person, Person::id),
                environments(values.get(ENVIRONMENTS)),
                entrances(values, context),
                datasets,
                named(values.get(WRITERS), DataTable::writer, Writer::name),
                metrics,
                rule(values, byName, context),
                phases,
                values.find(TELL).map(PeopleTable::tell).orElse(Tell.NOBODY),
                values.find(FOLLOWS),
                UNHASHED);
    }

    private static JudgementRule rule(Values values, Map<String, Metric> metrics, Context context) {
        Values rule = values.written(JUDGEMENT)
                .map(judgement -> judgement.get(DEFAULT))
                .orElseGet(JudgementTable.RULE::fallback);
        return JudgementTable.rule(rule, metrics, context.key("judgement").key("default"));
    }

    private static List<Phase> phases(Values values, StepKind.Scope scope, Context context) {
        PhaseTable table = new PhaseTable(lead(values.get(PEOPLE)), scope);
        List<Phase> phases = new ArrayList<>();
        values.get(PHASES).forEach((word, phase) -> table.phase(word, phase).ifPresent(phases::add));
        if (table.ownerMissing() && values.written(PEOPLE).isPresent()) {
            context.problem(
                    Code.OWNER_UNSAID,
                    values.at(PEOPLE),
                    "nobody has the role 'lead', and some steps name no owner",
                    "write 'roles: [lead]' for someone");
        }
        return phases;
    }

    /** The first person, in the file's order, with the role lead. */
    private static Optional<String> lead(SequencedMap<String, Values> people) {
        return people.entrySet().stream()
                .filter(entry -> PeopleTable.person(entry.getKey(), entry.getValue())
                        .roles()
                        .contains("lead"))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static SortedMap<Side, Environment> environments(Values values) {
        SortedMap<Side, Environment> environments = new TreeMap<>();
        environments.put(Side.SOURCE, PeopleTable.environment(Side.SOURCE, values.get(SOURCE)));
        environments.put(Side.TARGET, PeopleTable.environment(Side.TARGET, values.get(TARGET)));
        return environments;
    }

    private static List<Entrance> entrances(Values values, Context context) {
        Context here = context.key("entrances");
        return named(
                values.get(ENTRANCES),
                (name, entrance) -> TrafficTable.entrance(name, entrance, here.key(name)),
                Entrance::name);
    }

    /** Sorted by name, so that the order in the file has no meaning. */
    private static <V, T> List<T> named(
            SequencedMap<String, V> values, BiFunction<String, V, T> make, Function<T, String> name) {
        List<T> made = new ArrayList<>();
        values.forEach((key, value) -> made.add(make.apply(key, value)));
        made.sort(Comparator.comparing(name));
        return made;
    }

    private static Map<String, Shape> shapes() {
        return Arrays.stream(Shape.values()).collect(Collectors.toMap(Shape::word, Function.identity()));
    }

    private static ScalarType<Integer> version() {
        return ScalarType.of(
                Code.NUMBER,
                "the format's version, 1",
                "1",
                EnumSet.of(Tree.Form.WHOLE),
                Json.object("const", 1),
                PlanTable::version,
                value -> Integer.toString(value),
                1);
    }

    private static int version(String text) throws WrongText {
        if (!text.equals("1")) {
            throw WrongText.because("this tool reads version 1 of the format, not " + Problems.quote(text));
        }
        return 1;
    }
}
