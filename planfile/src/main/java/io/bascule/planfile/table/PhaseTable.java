package io.bascule.planfile.table;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseId;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.ShiftStage;
import io.bascule.core.plan.Step;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.NamesType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Shorthand;
import io.bascule.planfile.keys.SingleKey;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.table.StepKind.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code phases}: the sequence of a cutover. One instance reads one plan. */
final class PhaseTable {
    private static final List<String> WORDS =
            Arrays.stream(PhaseKind.values()).map(PhaseKind::word).toList();
    private static final String PATTERN = "^(" + WORDS.stream().collect(Collectors.joining("|")) + ")(-[2-9])?$";
    private static final Key<Values> GATE =
            Key.of("gate", PeopleTable.GATE, "People decide before the phase begins; GO and COMMIT are nothing else.");
    private static final Key<List<SingleKey.Value>> STEPS =
            Key.of("steps", ListType.of(StepTable.STEP), "What is done, in this order.");
    private static final Section PHASE = Section.of("a phase", GATE, STEPS);
    static final NamesType<Values> TABLE = new NamesType<>("PHASE", PATTERN, WORDS, new Shorthand(PHASE, STEPS));
    private static final Duration OVERHEAD = Duration.ofMillis(500);
    private static final Duration LOAD_SLACK = Duration.ofSeconds(30);

    private final Map<String, Integer> seen = new HashMap<>();
    private final Optional<String> lead;
    private final Scope scope;
    private boolean ownerMissing;

    /** @param lead who owns the steps that name nobody */
    PhaseTable(Optional<String> lead, Scope scope) {
        this.lead = lead;
        this.scope = scope;
    }

    /** Whether some step has no owner, for nobody has the role lead. */
    boolean ownerMissing() {
        return ownerMissing;
    }

    Optional<Phase> phase(String word, Values values) {
        Optional<PhaseId> id = phaseId(word);
        return id.map(phase -> new Phase(phase, steps(phase, values), gate(phase, values)));
    }

    private static Optional<PhaseId> phaseId(String word) {
        if (!word.matches(PATTERN)) {
            return Optional.empty();
        }
        boolean again = word.matches(".*-\\d");
        String kind = again ? word.substring(0, word.length() - 2) : word;
        int occurrence = again ? word.charAt(word.length() - 1) - '0' : 1;
        return Optional.of(new PhaseId(PhaseKind.valueOf(kind.toUpperCase(Locale.ROOT)), occurrence));
    }

    private Optional<Gate> gate(PhaseId phase, Values values) {
        Context here = scope.context().key(phase.word());
        if (phase.kind().isGate() && !values.has(GATE)) {
            here.problem(
                    Code.MISSING_KEY, values.at(), "the key 'gate' is missing", "write '{ gate: { ask: [lead] } }'");
        }
        if (phase.kind().isGate() && values.has(STEPS)) {
            here.problem(
                    Code.NOT_WITH,
                    values.at(STEPS),
                    "people decide here and nothing is done",
                    "move the steps to another phase");
        }
        return values.written(GATE).map(PeopleTable::gate);
    }

    private List<Step> steps(PhaseId phase, Values values) {
        List<Step> steps = new ArrayList<>();
        int index = 0;
        for (SingleKey.Value step : values.get(STEPS)) {
            Context here = scope.context().key(phase.word()).item(index++).key(step.kind());
            steps.add(step(phase, step, new Scope(scope.metrics(), scope.datasets(), here)));
        }
        return steps;
    }

    private Step step(PhaseId phase, SingleKey.Value step, Scope here) {
        StepKind kind = StepTable.all().get(step.kind());
        if (kind == null) {
            throw new IllegalStateException("a kind without a table: " + step.kind());
        }
        Values values = step.values();
        Action action = kind.maker().make(values, here);
        Optional<String> owner = values.find(StepKind.OWNER).or(() -> lead);
        ownerMissing |= owner.isEmpty();
        return new Step(
                id(step.kind()),
                phase,
                action,
                owner.orElse("nobody"),
                values.find(kind.planned()).orElseGet(() -> planned(action)),
                values.find(kind.timeOut()).orElseGet(() -> lasts(action).plus(LOAD_SLACK)));
    }

    private String id(String kind) {
        int occurrence = seen.merge(kind, 1, Integer::sum);
        return occurrence == 1 ? kind : kind + "." + occurrence;
    }

    private static Duration planned(Action action) {
        int changes = switch (action) {
            case Action.Shift shift -> shift.stages().size();
            case Action.Bake _ -> 0;
            case Action.Check _,
                    Action.Probe _,
                    Action.SwitchOver _,
                    Action.Backup _,
                    Action.PrepareDns _,
                    Action.Load _,
                    Action.Replay _,
                    Action.Judge _,
                    Action.Freeze _,
                    Action.Sync _,
                    Action.CompareData _,
                    Action.ReverseOn _,
                    Action.ReverseOff _,
                    Action.Configure _,
                    Action.Release _,
                    Action.Script _,
                    Action.Capacity _,
                    Action.Decommission _ -> 1;
        };
        return lasts(action).plus(OVERHEAD.multipliedBy(changes));
    }

    /** How long an action goes on by its own values. */
    private static Duration lasts(Action action) {
        return switch (action) {
            case Action.Bake bake -> bake.lasts();
            case Action.Load load -> load.lasts();
            case Action.Replay replay -> replay.lasts();
            case Action.Judge judge -> judge.recordFor().orElse(Duration.ZERO);
            case Action.Release release -> release.soak();
            case Action.Shift shift ->
                shift.stages().stream().map(ShiftStage::soak).reduce(Duration.ZERO, Duration::plus);
            case Action.Check _,
                    Action.Probe _,
                    Action.SwitchOver _,
                    Action.Backup _,
                    Action.PrepareDns _,
                    Action.Freeze _,
                    Action.Sync _,
                    Action.CompareData _,
                    Action.ReverseOn _,
                    Action.ReverseOff _,
                    Action.Configure _,
                    Action.Script _,
                    Action.Capacity _,
                    Action.Decommission _ -> Duration.ZERO;
        };
    }
}
