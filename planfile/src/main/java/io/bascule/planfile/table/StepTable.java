package io.bascule.planfile.table;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.ShiftStage;
import io.bascule.core.plan.Side;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.MeansType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.keys.SingleKey;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.table.Bounds.Bound;
import io.bascule.planfile.table.Objectives.Allowed;
import io.bascule.planfile.table.StepKind.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of steps that measure, move users or wait; those that touch data are in {@link DataSteps}. */
final class StepTable {
    private static final Key<Set<Side>> CHECK_HTTP =
            Key.of("http", Types.SIDES, "Whose application is asked.").orElse("both");
    private static final Key<String> CHECK_PATH =
            Key.of("path", Types.URL_PATH, "The page that is asked for.").orElse("/health");
    private static final Key<Integer> CHECK_EXPECT = Key.of(
                    "expect", Types.whole(100, 599), "The status that the answer must have.")
            .orElse("200");
    private static final Key<String> DNS_ENTRANCE = Key.of(
                    "entrance", Types.NAME, "The entrance whose name is prepared.")
            .required();
    private static final Key<Duration> DNS_TTL = Key.of(
                    "ttl", Types.DURATION, "The lowered time to live; the old one is waited out.")
            .orElse("1m");
    private static final Key<Set<Side>> LOAD_TO = Key.of(
                    "to", Types.SIDES, "Whose application gets the load, past every entrance.")
            .orElse("target");
    private static final Key<Double> LOAD_RATE = Key.of(
                    "rate", Types.RATE, "Requests per second that are sent to each.")
            .required();
    private static final Key<Duration> FOR =
            Key.of("for", Types.DURATION, "How long it goes on.").required();
    private static final Key<List<Bound>> OBJECTIVES =
            Key.of("objectives", ListType.some(Bounds.TYPE), "The bounds that the figures must keep.");
    private static final Key<String> RECORD = Key.of(
            "record",
            Types.words(Map.of("baseline", "baseline"), "baseline"),
            "Records what later judgements compare with.");
    private static final Key<Boolean> AGAINST = Key.of(
            "against",
            Types.words(Map.of("baseline", true), true),
            "What the figures are compared with beside their absolute bounds.");
    private static final Key<List<String>> SHIFT_ENTRANCES = Key.of(
                    "entrances",
                    ListType.some(Types.NAME),
                    "The entrances whose users move, all at the same stages, in this order; several shifts move them in turn.")
            .required();
    private static final Key<List<ShiftStage>> STAGES = Key.of(
                    "stages",
                    ListType.some(Phrases.STAGE),
                    "The target's share at each stage and how long it is watched; a flip has one stage, 100%.")
            .required();
    private static final Key<String> RUN = Key.of(
                    "run", Types.FILE, "The program; its contents are part of what is approved.")
            .required();
    private static final Key<Boolean> EFFECT = Key.of(
                    "effect",
                    Types.words(Map.of("none", false, "changes", true), true),
                    "'none' for a program that only looks: it starts again after a crash; one that changes needs 'observe'.")
            .orElse("changes");
    private static final Key<String> OBSERVE =
            Key.of("observe", Types.FILE, "The program that prints the state which 'run' changes.");
    private static final Key<String> UNDO =
            Key.of("undo", Types.FILE, "The program that restores it; without one the step is irreversible.");
    private static final Key<Side> SIDE =
            Key.of("side", Types.SIDE, "Whose capacity is set.").required();
    private static final Key<Integer> AMOUNT = Key.of(
                    "amount", Types.whole(0, 1_000_000), "How much there shall be; an undo never lowers it.")
            .required();

    private static final SequencedMap<String, StepKind> KINDS = kinds();

    /** A step as it stands in a phase's list. */
    static final SingleKey STEP = new SingleKey("a step", sections());

    private StepTable() {}

    static SequencedMap<String, StepKind> all() {
        return KINDS;
    }

    private static SequencedMap<String, Section> sections() {
        SequencedMap<String, Section> sections = new LinkedHashMap<>();
        KINDS.forEach((word, kind) -> sections.put(word, kind.section()));
        return sections;
    }

    private static SequencedMap<String, StepKind> kinds() {
        SequencedMap<String, StepKind> kinds = new LinkedHashMap<>();
        for (StepKind kind :
                List.of(check(), dns(), load(), replay(), judge(), shift(), bake(), script(), capacity())) {
            kinds.put(kind.word(), kind);
        }
        DataSteps.all().forEach(kind -> kinds.put(kind.word(), kind));
        return kinds;
    }

    private static StepKind check() {
        Section own = Section.of(StepKind.what("check"), CHECK_HTTP, CHECK_PATH, CHECK_EXPECT)
                .with(MeansType.keys(Role.PROBE));
        return StepKind.with(
                "check",
                "Asks applications for a page and expects a status, or asks by a platform's means; changes nothing.",
                StepKind.plannedKey().orElse("500ms"),
                StepKind.timeOutKey().orElse("5s"),
                StepTable::check,
                own);
    }

    private static Action check(Values values, Scope scope) {
        List<Key<Settings>> means =
                MeansType.keys(Role.PROBE).stream().filter(values::has).toList();
        if (!means.isEmpty()) {
            Stream.concat(means.stream().skip(1), Stream.of(CHECK_HTTP, CHECK_PATH, CHECK_EXPECT))
                    .filter(values::has)
                    .forEach(key -> scope.context()
                            .problem(
                                    Code.NOT_WITH,
                                    values.at(key),
                                    "'" + key.name() + "' has no meaning beside '"
                                            + means.getFirst().name() + "'",
                                    "write a check of its own for it"));
            return new Action.Probe(values.get(means.getFirst()), false);
        }
        return new Action.Check(values.get(CHECK_HTTP), values.get(CHECK_PATH), values.get(CHECK_EXPECT));
    }

    private static StepKind dns() {
        String doc = "Lowers a name's time to live ahead and waits the old one out.";
        return StepKind.of("prepare-dns", doc, "1m", "30s", StepTable::dns, DNS_ENTRANCE, DNS_TTL);
    }

    private static Action dns(Values values, Scope scope) {
        return new Action.PrepareDns(values.get(DNS_ENTRANCE), values.get(DNS_TTL));
    }

    private static StepKind load() {
        String doc = "Sends load to applications directly and holds the figures against objectives.";
        return StepKind.lasting(
                "load",
                doc,
                "its 'for' and 500ms",
                "its 'for' and 30s",
                StepTable::load,
                LOAD_TO,
                LOAD_RATE,
                FOR,
                OBJECTIVES.required());
    }

    private static Action load(Values values, Scope scope) {
        return new Action.Load(
                values.get(LOAD_TO),
                values.get(LOAD_RATE),
                values.get(FOR),
                Objectives.limits(values, OBJECTIVES, Allowed.ABSOLUTE, scope.metrics(), scope.context()));
    }

    private static StepKind replay() {
        Section own = MeansType.section(Section.of(StepKind.what("replay"), FOR), Role.REPLAY);
        return StepKind.with(
                "replay",
                "Sends recorded safe requests to both sides and compares the answers.",
                StepKind.plannedKey().orElseSaid("its 'for' and 500ms"),
                StepKind.timeOutKey().orElseSaid("its 'for' and 30s"),
                (values, scope) -> new Action.Replay(MeansType.settings(values, Role.REPLAY), values.get(FOR)),
                own);
    }

    private static StepKind judge() {
        String doc = "Records a baseline, or holds the figures since the last judgement against objectives.";
        Section own = Section.of(StepKind.what("judge"), RECORD, FOR.optional(), OBJECTIVES, AGAINST)
                .exactlyOne("record", "objectives");
        return StepKind.with(
                "judge",
                doc,
                StepKind.plannedKey().orElseSaid("its 'for' and 500ms"),
                StepKind.timeOutKey().orElse("10s"),
                StepTable::judge,
                own);
    }

    private static Action judge(Values values, Scope scope) {
        boolean records = values.has(RECORD);
        if (records && !values.has(FOR)) {
            scope.context()
                    .problem(
                            Code.MISSING_KEY,
                            values.at(),
                            "how long the baseline is recorded is missing",
                            "add 'for: 10m'");
        }
        for (Key<?> key : records ? List.<Key<?>>of(AGAINST) : List.<Key<?>>of(FOR)) {
            if (values.has(key)) {
                String other = records ? "record" : "objectives";
                scope.context()
                        .problem(
                                Code.NOT_WITH,
                                values.at(key),
                                "'" + key.name() + "' has no meaning beside '" + other + "'",
                                "remove it");
            }
        }
        Optional<Duration> recordFor = records ? Optional.of(values.get(FOR)) : Optional.empty();
        List<io.bascule.core.plan.Limit> limits =
                Objectives.limits(values, OBJECTIVES, Allowed.BOTH, scope.metrics(), scope.context());
        return new Action.Judge(recordFor, limits, values.has(AGAINST));
    }

    private static StepKind shift() {
        String doc = "Moves users to the target in stages; each is applied, verified, watched and judged.";
        return StepKind.lasting(
                "shift", doc, "its stages' soaks and 500ms for each", "10s", StepTable::shift, SHIFT_ENTRANCES, STAGES);
    }

    private static Action shift(Values values, Scope scope) {
        return new Action.Shift(values.get(SHIFT_ENTRANCES), values.get(STAGES));
    }

    private static StepKind bake() {
        String doc = "Watches and judges, with nothing more to change.";
        return StepKind.lasting(
                "bake", doc, "its 'for'", "10s", (values, scope) -> new Action.Bake(values.get(FOR)), FOR);
    }

    private static StepKind script() {
        String doc = "Runs a program of yours; exit code 0 is success.";
        return StepKind.of("script", doc, "500ms", "30s", StepTable::script, RUN, EFFECT, OBSERVE, UNDO);
    }

    private static Action script(Values values, Scope scope) {
        boolean changes = values.get(EFFECT);
        for (Key<String> key : List.of(OBSERVE, UNDO)) {
            if (!changes && values.has(key)) {
                scope.context()
                        .problem(
                                Code.NOT_WITH,
                                values.at(key),
                                "'" + key.name() + "' has no meaning beside 'effect: none'",
                                "write 'effect: changes', or remove it");
            }
        }
        return new Action.Script(values.get(RUN), changes, values.find(OBSERVE), values.find(UNDO));
    }

    private static StepKind capacity() {
        Section own = MeansType.section(Section.of(StepKind.what("capacity"), SIDE, AMOUNT), Role.CAPACITY);
        return StepKind.with(
                "capacity",
                "Sets an amount of capacity on a side.",
                StepKind.plannedKey().orElse("1m"),
                StepKind.timeOutKey().orElse("10m"),
                (values, scope) -> new Action.Capacity(
                        values.get(SIDE), MeansType.settings(values, Role.CAPACITY), values.get(AMOUNT)),
                own);
    }
}
