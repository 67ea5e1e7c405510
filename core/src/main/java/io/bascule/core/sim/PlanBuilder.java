package io.bascule.core.sim;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Environment;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Person;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseId;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.PlanHash;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.ShiftStage;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Step;
import io.bascule.core.plan.Tell;
import io.bascule.core.plan.Weight;
import io.bascule.core.plan.Window;
import io.bascule.core.plan.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds a plan step by step for tests: {@code new PlanBuilder("shop", DATA_FIRST).entrance("web")…build()}. Nothing is
 * checked: an illegal plan can be built to see it refused.
 */
public final class PlanBuilder {
    static final Limit ERRORS = new Limit("errors", Limit.Relation.AT_MOST, 0, 0.01, "errors <= 1%");
    private static final Limit SLOW = new Limit("p95", Limit.Relation.AT_MOST, 0, 800, "p95 <= 800ms");
    private static final Limit SLOWER = new Limit("p95", Limit.Relation.AT_MOST, 1.5, 50, "p95 <= 1.5 x source + 50ms");

    private final String name;
    private final Shape shape;
    private final List<Entrance> entrances = new ArrayList<>();
    private final List<Dataset> datasets = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final Map<PhaseKind, Integer> occurrences = new HashMap<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private Window window =
            new Window(Optional.empty(), Duration.ofHours(6), Duration.ofMinutes(20), Window.AtTurnaround.ROLL_BACK);
    private JudgementRule.NoDataPolicy noData = JudgementRule.NoDataPolicy.HOLD;
    private Tell tell = Tell.NOBODY;

    public PlanBuilder(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
    }

    public PlanBuilder window(Window window) {
        this.window = window;
        return this;
    }

    public PlanBuilder noData(JudgementRule.NoDataPolicy then) {
        this.noData = then;
        return this;
    }

    public PlanBuilder entrance(String name) {
        return entrance(name, Settings.of("sim"), Set.of("POST", "PUT"));
    }

    /** An entrance whose weights are records of a zone; it carries no writes of its own. */
    public PlanBuilder dnsEntrance(String name) {
        return entrance(name, Settings.of("sim-dns"), Set.of());
    }

    private PlanBuilder entrance(String name, Settings router, Set<String> writes) {
        entrances.add(new Entrance(name, router, "sim:" + name, 500, writes, Entrance.FreezeMode.HOLD, 2000, 1));
        return this;
    }

    public PlanBuilder moved(String dataset, boolean reverse) {
        String file = dataset.equals("orders") ? "shop.db" : dataset + ".db";
        datasets.add(new Dataset(
                dataset, new Dataset.Moved(Settings.of("sim"), "source/" + file, "target/" + file, reverse)));
        return this;
    }

    public PlanBuilder writer(String entrance) {
        writers.add(new Writer(entrance, new Writer.Through(entrance), "POST /fence-probe"));
        return this;
    }

    public PlanBuilder singleton(String job) {
        writers.add(new Writer(job, new Writer.Singleton(Settings.of("sim"), true), "POST /run-once"));
        return this;
    }

    public PlanBuilder tell(Tell who) {
        tell = who;
        return this;
    }

    /** The next steps of that kind of phase belong to another occurrence of it. */
    public PlanBuilder again(PhaseKind kind) {
        occurrences.merge(kind, 2, (now, _) -> now + 1);
        return this;
    }

    public PlanBuilder step(PhaseKind kind, Action action) {
        PhaseId phase = phase(kind);
        int nth = kinds.merge(action.kind(), 1, Integer::sum);
        String id = nth == 1 ? action.kind() : action.kind() + "." + nth;
        Duration timeOut = action instanceof Action.Load ? Duration.ofSeconds(60) : Duration.ofSeconds(5);
        Step step = new Step(id, phase, action, "ana", Duration.ofMillis(500), timeOut);
        Phase last = phases.isEmpty() ? null : phases.getLast();
        if (last != null && last.id().equals(phase)) {
            List<Step> steps = new ArrayList<>(last.steps());
            steps.add(step);
            phases.set(phases.size() - 1, new Phase(phase, steps, last.gate()));
        } else {
            phases.add(new Phase(phase, List.of(step), Optional.empty()));
        }
        return this;
    }

    public PlanBuilder gate(PhaseKind kind, int need, boolean requesterAlone, String... ask) {
        Gate gate = new Gate(List.of(ask), need, Duration.ofMinutes(5), requesterAlone, Optional.empty());
        phases.add(new Phase(phase(kind), List.of(), Optional.of(gate)));
        return this;
    }

    public PlanBuilder configure(PhaseKind kind, Side side, String dataset, Side store) {
        String location = location(dataset, store);
        Action.Connection connection = new Action.Connection(dataset, store, "database");
        return step(kind, configuration(side, Map.of("database", location), Optional.of(connection)));
    }

    /** One configuration per dataset: an application with two databases has a file for each. */
    public PlanBuilder configureAll(PhaseKind kind, Side side, Side store) {
        for (Dataset dataset : datasets) {
            String field = "database." + dataset.name();
            Action.Connection connection = new Action.Connection(dataset.name(), store, field);
            step(
                    kind,
                    new Action.Configure(
                            Settings.of("sim"),
                            side.word() + "/" + dataset.name() + ".properties",
                            side,
                            new TreeMap<>(Map.of(field, location(dataset.name(), store))),
                            Optional.of(connection)));
        }
        return this;
    }

    public PlanBuilder setting(PhaseKind kind, Side side, String field, String value) {
        return step(kind, configuration(side, Map.of(field, value), Optional.empty()));
    }

    public PlanBuilder shift(int... percents) {
        return shift(names(), percents);
    }

    /** Moves the users of some entrances; those of the others stay where they are. */
    public PlanBuilder shift(List<String> entrances, int... percents) {
        List<ShiftStage> stages = new ArrayList<>();
        for (int percent : percents) {
            stages.add(new ShiftStage(Weight.percent(percent), Duration.ofSeconds(10)));
        }
        return step(PhaseKind.SHIFT, new Action.Shift(entrances, stages));
    }

    public PlanBuilder flipUsers() {
        return step(PhaseKind.SHIFT, new Action.Shift(names(), List.of(new ShiftStage(Weight.ALL, Duration.ZERO))));
    }

    public PlanBuilder bake(PhaseKind kind, int seconds) {
        return step(kind, new Action.Bake(Duration.ofSeconds(seconds)));
    }

    public CutoverPlan build() {
        Map<Side, Environment> environments = Map.of(
                Side.SOURCE, new Environment(Side.SOURCE, "sim:source", "/health"),
                Side.TARGET, new Environment(Side.TARGET, "sim:target", "/health"));
        return new CutoverPlan(
                name,
                "The " + name + " moves",
                shape,
                window,
                people(),
                new TreeMap<>(environments),
                entrances,
                datasets,
                writers,
                metrics(),
                judgement(),
                phases,
                tell,
                shape == Shape.DECOMMISSION ? Optional.of("the-run-before") : Optional.empty(),
                new PlanHash("0".repeat(64)));
    }

    private List<Person> people() {
        return List.of(
                new Person("ana", "Ana Ruiz", Set.of("lead"), Optional.empty()),
                new Person("ben", "Ben Okoye", Set.of("dba", "approver"), Optional.empty()),
                new Person("cem", "Cem Demir", Set.of("watcher"), Optional.of("cem")));
    }

    private List<Metric> metrics() {
        if (entrances.isEmpty()) {
            return List.of();
        }
        String from = entrances.getFirst().name();
        return List.of(
                new Metric("errors", from, new Metric.Rate("failed", "requests"), OptionalLong.of(50)),
                new Metric("p95", from, new Metric.Percentile(95), OptionalLong.empty()));
    }

    private JudgementRule judgement() {
        Duration every = Duration.ofSeconds(2);
        List<Limit> limits = entrances.isEmpty() ? List.of() : List.of(ERRORS, SLOW);
        List<Limit> against = entrances.isEmpty() ? List.of() : List.of(SLOWER);
        Duration after = Duration.ofMinutes(5);
        return new JudgementRule(every, every, 2, 3, 100, 0.03, after, noData, limits, against);
    }

    private Action configuration(Side side, Map<String, String> set, Optional<Action.Connection> connects) {
        String file = side.word() + "/app.properties";
        return new Action.Configure(Settings.of("sim"), file, side, new TreeMap<>(set), connects);
    }

    private String location(String dataset, Side store) {
        return datasets.stream()
                .filter(each -> each.name().equals(dataset))
                .flatMap(each -> each.moved().stream())
                .findFirst()
                .orElseThrow()
                .location(store);
    }

    private List<String> names() {
        return entrances.stream().map(Entrance::name).toList();
    }

    private PhaseId phase(PhaseKind kind) {
        return new PhaseId(kind, occurrences.getOrDefault(kind, 1));
    }
}
