package io.bascule.planfile.table;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.rules.Nearest;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.MeansType;
import io.bascule.planfile.keys.NamesType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.keys.SettingsDecoders;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.table.StepKind.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds of steps that touch data, or what applications use it by. */
final class DataSteps {
    private static final Key<String> DATASET =
            Key.of("dataset", Types.NAME, "The dataset.").required();
    private static final Key<String> RESTORE_INTO = Key.of(
                    "restore-into", Types.PLAIN, "A scratch store that the backup is restored into, to prove it.")
            .required();
    private static final Key<Duration> AT_MOST = Key.of(
                    "at-most", Types.DURATION, "The lease: after it the source accepts writes again by itself.")
            .required();
    private static final Key<Duration> EXPECTED = Key.of(
                    "expected",
                    Types.DURATION,
                    "How long writes are expected to wait; announced, and checked against the steps' planned times.")
            .required();
    private static final Key<SequencedMap<String, String>> SET = Key.of(
                    "set",
                    new NamesType<>("FIELD", "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}$", List.of(), Types.PLAIN),
                    "The fields that are set, and nothing but these.")
            .required();
    private static final Key<Side> SIDE = Key.of("side", Types.SIDE, "Whose application reads this configuration.")
            .orElseSaid("the first part of the path, when that is 'source' or 'target'");
    private static final Key<Duration> SOAK = Key.of(
                    "soak", Types.DURATION, "How long it is watched after writes go on.")
            .required();
    private static final Key<Boolean> AGAINST = Key.of(
                    "against",
                    Types.words(Map.of("baseline", true), true),
                    "What RELEASE is judged against: the baseline from before the freeze.")
            .orElse("baseline");

    private DataSteps() {}

    static List<StepKind> all() {
        return List.of(
                backup(),
                freeze(),
                sync(),
                ofDataset(
                        "compare-data",
                        "Compares both copies of a dataset row by row.",
                        "15s",
                        Action.CompareData::new),
                ofDataset(
                        "reverse-on",
                        "Starts to carry the target's writes to the source's copy.",
                        "5s",
                        Action.ReverseOn::new),
                configure(),
                release(),
                ofDataset(
                        "reverse-off",
                        "Gives up the way back for a dataset; irreversible.",
                        "10s",
                        Action.ReverseOff::new),
                decommission());
    }

    private static StepKind ofDataset(String word, String doc, String timeOut, Function<String, Action> maker) {
        return StepKind.of(word, doc, "500ms", timeOut, (values, scope) -> maker.apply(values.get(DATASET)), DATASET);
    }

    private static StepKind backup() {
        String doc = "Takes a backup of a dataset's source and proves it by restoring it.";
        return StepKind.of(
                "backup",
                doc,
                "5s",
                "10m",
                (values, scope) -> new Action.Backup(values.get(DATASET), values.get(RESTORE_INTO)),
                DATASET,
                RESTORE_INTO);
    }

    private static StepKind sync() {
        List<Key<Settings>> means = Stream.of(Role.CARRY, Role.SWITCH)
                .flatMap(role -> MeansType.keys(role).stream())
                .toList();
        Key<String> dataset = DATASET.optional();
        Section own = Section.of(StepKind.what("sync"), dataset)
                .with(means)
                .exactlyOne(Stream.concat(Stream.of(dataset), means.stream())
                        .map(Key::name)
                        .toList());
        return StepKind.with(
                "sync",
                "Brings the target's copy of a dataset up to the fenced source, or has a platform do so by its own means.",
                StepKind.plannedKey().orElse("500ms"),
                StepKind.timeOutKey().orElse("15s"),
                (values, scope) -> sync(values, dataset),
                own);
    }

    private static Action sync(Values values, Key<String> dataset) {
        if (values.has(dataset)) {
            return new Action.Sync(values.get(dataset));
        }
        Settings carries = MeansType.settings(values, Role.CARRY);
        if (!carries.adapter().equals("none")) {
            return new Action.Probe(carries, true);
        }
        Settings over = MeansType.settings(values, Role.SWITCH);
        boolean reversible = SettingsDecoders.find(Role.SWITCH, over.adapter())
                .map(SettingsDecoder::reversible)
                .orElse(true);
        return new Action.SwitchOver(over, reversible);
    }

    private static StepKind freeze() {
        String doc =
                "Fences every writer, each proved by a refused write of its own; no database accepts writes until RELEASE.";
        return StepKind.of(
                "freeze",
                doc,
                "500ms",
                "5s",
                (values, scope) -> new Action.Freeze(values.get(AT_MOST), values.get(EXPECTED)),
                AT_MOST,
                EXPECTED);
    }

    private static StepKind release() {
        String doc = "Makes the target's database the one that accepts writes, and lets held writes go.";
        return StepKind.lasting(
                "release",
                doc,
                "its 'soak' and 500ms",
                "5s",
                (values, scope) -> new Action.Release(values.get(SOAK)),
                SOAK,
                AGAINST);
    }

    private static StepKind configure() {
        Section own = MeansType.section(Section.of(StepKind.what("configure"), SET, SIDE), Role.CONFIGURATION);
        return StepKind.with(
                "configure",
                "Sets fields of an application's configuration; the means is named by its own key.",
                StepKind.plannedKey().orElse("500ms"),
                StepKind.timeOutKey().orElse("5s"),
                DataSteps::configure,
                own);
    }

    private static Action configure(Values values, Scope scope) {
        Settings means = MeansType.settings(values, Role.CONFIGURATION);
        String name = name(means);
        Side side = values.find(SIDE).or(() -> sideOf(name)).orElse(Side.SOURCE);
        if (!values.has(SIDE) && sideOf(name).isEmpty() && !means.adapter().equals("none")) {
            scope.context()
                    .problem(
                            Code.SIDE_UNSAID,
                            values.at(),
                            "whose application reads '" + name + "' is not said",
                            "add 'side: source' or 'side: target'");
        }
        tellFields(values, scope.context());
        return new Action.Configure(means, name, side, new TreeMap<>(values.get(SET)), connects(values, scope));
    }

    private static void tellFields(Values values, Context context) {
        for (SettingsDecoder decoder : SettingsDecoders.all(Role.CONFIGURATION).values()) {
            if (values.has(MeansType.key(decoder)) && !decoder.fields().isEmpty()) {
                values.get(SET).keySet().stream()
                        .filter(field -> !decoder.fields().contains(field))
                        .forEach(field -> context.problem(
                                Code.UNKNOWN_KEY,
                                values.at(SET),
                                "'" + decoder.adapter() + "' has no field " + Problems.quote(field),
                                Nearest.hint(field, decoder.fields())));
            }
        }
    }

    /** The value of the adapter's main key: for a file its path. */
    private static String name(Settings means) {
        return SettingsDecoders.find(Role.CONFIGURATION, means.adapter())
                .flatMap(decoder -> decoder.main())
                .flatMap(key -> means.get(key.name()))
                .orElse(means.adapter());
    }

    private static Optional<Side> sideOf(String name) {
        String first = name.startsWith("./") ? name.substring(2) : name;
        for (Side side : Side.values()) {
            if (first.startsWith(side.word() + "/")) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    private static Optional<Action.Connection> connects(Values values, Scope scope) {
        Optional<Action.Connection> found = Optional.empty();
        for (Map.Entry<String, String> field : values.get(SET).entrySet()) {
            Optional<Action.Connection> one = scope.connection(field.getKey(), field.getValue());
            if (one.isPresent() && found.isPresent()) {
                scope.context()
                        .problem(
                                Code.CONNECTS_TWICE,
                                values.at(SET),
                                "both '" + found.get().field() + "' and '" + field.getKey()
                                        + "' name a dataset's store",
                                "write one configure step for each");
            }
            found = found.or(() -> one);
        }
        return found;
    }

    private static StepKind decommission() {
        Section own = MeansType.section(Section.of(StepKind.what("decommission")), Role.EXISTENCE);
        return StepKind.with(
                "decommission",
                "Removes the source; irreversible.",
                StepKind.plannedKey().orElse("1m"),
                StepKind.timeOutKey().orElse("10m"),
                (values, scope) -> new Action.Decommission(MeansType.settings(values, Role.EXISTENCE)),
                own);
    }
}
