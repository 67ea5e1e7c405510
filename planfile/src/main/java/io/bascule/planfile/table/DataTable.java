package io.bascule.planfile.table;

import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Writer;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Picked;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import java.util.Map;

/** {@code datasets} and {@code writers}: what the application keeps, and everything that writes to it. */
final class DataTable {
    private static final Key<String> KIND =
            Key.of("kind", Types.NAME, "The adapter that carries the data.").required();
    private static final Key<String> SOURCE = Key.of(
                    "source", Types.PLAIN, "Where the data lives before, as the application's configuration names it.")
            .orElseSaid("only a simulated one may do without");
    private static final Key<String> TARGET = Key.of(
                    "target", Types.PLAIN, "Where the data lives after, as the application's configuration names it.")
            .orElseSaid("only a simulated one may do without");
    private static final Key<Boolean> WAY_BACK = Key.of(
                    "way-back",
                    Types.words(Map.of("reverse", true, "none", false), false),
                    "'reverse' keeps the source's copy current until COMMIT; with 'none' COMMIT stands before the freeze.")
            .required();
    private static final Picked MOVED =
            new Picked(Role.CARRIER, KIND, Section.of("a moved dataset", KIND, SOURCE, TARGET, WAY_BACK));

    private static final Key<Picked.Value> MOVED_KEY =
            Key.of("moved", MOVED, "Carried from the source's store to the target's under the freeze.");
    private static final Key<String> SHARED = Key.of(
            "shared", Types.TEXT, "Both sides use the same store before and after; the text says why that is right.");
    private static final Key<String> REBUILT =
            Key.of("rebuilt", Types.TEXT, "The target builds it again (a cache, an index); the text says how.");
    private static final Key<String> DROPPED =
            Key.of("dropped", Types.TEXT, "Given up on purpose; the text says what people will notice.");

    static final Section DATASET = Section.of("a dataset", MOVED_KEY, SHARED, REBUILT, DROPPED)
            .exactlyOne("moved", "shared", "rebuilt", "dropped");

    private static final Key<String> CONTROL = Key.of("kind", Types.NAME, "The adapter that pauses and starts the job.")
            .orElse("http-job");
    private static final Key<Boolean> RUN_ON = Key.of(
                    "run-on",
                    Types.words(Map.of("target after release", true, "source", false), true),
                    "Where the job runs: moved to the target with RELEASE, or left on the source.")
            .orElse("target after release");
    private static final Key<Picked.Value> SINGLETON = Key.of(
            "singleton",
            new Picked(Role.SINGLETON, CONTROL, Section.of("a singleton", CONTROL, RUN_ON)),
            "A job that runs on exactly one side: it is paused there for the freeze and started on one side after it.");
    private static final Key<String> THROUGH =
            Key.of("through", Types.NAME, "The entrance that this writer's writes come through; fenced with it.");
    private static final Key<String> PROVE = Key.of(
                    "prove",
                    Phrases.REQUEST,
                    "A write of this writer that is tried during the freeze and must be refused.")
            .required();

    static final Section WRITER =
            Section.of("a writer", THROUGH, SINGLETON, PROVE).exactlyOne("through", "singleton");

    private DataTable() {}

    static Dataset dataset(String name, Values values) {
        return new Dataset(name, fate(name, values));
    }

    private static Dataset.Fate fate(String name, Values values) {
        if (values.written(MOVED_KEY).isPresent()) {
            Picked.Value moved = values.get(MOVED_KEY);
            return new Dataset.Moved(
                    moved.settings(),
                    moved.values().find(SOURCE).orElse(name + "@source"),
                    moved.values().find(TARGET).orElse(name + "@target"),
                    moved.values().get(WAY_BACK));
        }
        if (values.written(SHARED).isPresent()) {
            return new Dataset.Shared(values.get(SHARED));
        }
        return values.written(REBUILT).isPresent()
                ? new Dataset.Rebuilt(values.get(REBUILT))
                : new Dataset.Dropped(values.get(DROPPED));
    }

    static Writer writer(String name, Values values) {
        if (values.written(SINGLETON).isPresent()) {
            Picked.Value singleton = values.get(SINGLETON);
            Writer.Kind kind = new Writer.Singleton(
                    singleton.settings(), singleton.values().get(RUN_ON));
            return new Writer(name, kind, values.get(PROVE));
        }
        return new Writer(name, new Writer.Through(values.get(THROUGH)), values.get(PROVE));
    }
}
