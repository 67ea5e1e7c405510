package io.bascule.app.command;

import io.bascule.app.Home;
import io.bascule.app.UserMistake;
import io.bascule.app.Version;
import io.bascule.app.term.Mode;
import io.bascule.app.term.Paint;
import io.bascule.core.json.Json;
import io.bascule.core.run.RunId;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.RunSummary;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command takes. */
public final class Common {
    @Option(names = "--store", paramLabel = "URL", description = "Where runs are kept (default: a file in the home).")
    @Nullable
    String store;

    @Option(names = "--home", paramLabel = "DIR", description = "The data directory (default: $BASCULE_HOME).")
    @Nullable
    Path home;

    @Option(names = "-o", paramLabel = "MODE", description = "auto, tty, plain, json or quiet.")
    Mode mode = Mode.AUTO;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never.")
    String color = "auto";

    @Option(names = "--verbose", description = "Tell more.")
    boolean verbose;

    private final PrintStream out =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
    private final PrintStream err =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);

    Home home() {
        return Home.of(Optional.ofNullable(home));
    }

    Mode mode() {
        return mode.resolved();
    }

    boolean json() {
        return mode() == Mode.JSON;
    }

    /** Data. */
    PrintStream out() {
        return out;
    }

    /** Progress, and everything for people while a command works. */
    PrintStream err() {
        return err;
    }

    Paint paint() {
        return Paint.of(color, mode());
    }

    /** One line of data; under {@code quiet} nothing. */
    void say(String line) {
        if (mode() != Mode.QUIET) {
            out.println(line);
            out.flush();
        }
    }

    void json(Object line) {
        out.println(Json.write(line));
        out.flush();
    }

    /** The first of the JSON lines. */
    void jsonVersion() {
        json(Json.object("type", "version", "bascule", Version.TEXT, "schema", Version.SCHEMA));
    }

    JdbcStore openStore() {
        return JdbcStore.open(store == null ? home().storeUrl() : store);
    }

    /** The store that knows the run. */
    JdbcStore openStoreOf(RunId run) {
        return JdbcStore.open(store == null ? home().storeUrlOf(run) : store);
    }

    /** The run named, or else the last one: of the store, or a demo when there is no other. */
    RunId run(@Nullable String named) {
        if (named != null) {
            try {
                return new RunId(named);
            } catch (IllegalArgumentException e) {
                throw new UserMistake("" + e.getMessage());
            }
        }
        try (JdbcStore opened = openStore()) {
            List<RunSummary> runs = opened.runs();
            if (!runs.isEmpty()) {
                return runs.getLast().run();
            }
        }
        return home().lastDemo().orElseThrow(() -> new UserMistake("there is no run yet; 'bascule demo' makes one"));
    }
}
