package io.bascule.app.demo;

import io.bascule.app.ExitCode;
import io.bascule.app.Home;
import io.bascule.app.Principal;
import io.bascule.app.Runner;
import io.bascule.app.UserMistake;
import io.bascule.app.report.ReportFiles;
import io.bascule.app.report.RunFigures;
import io.bascule.app.report.UserFigures;
import io.bascule.app.term.JsonView;
import io.bascule.app.term.Mode;
import io.bascule.app.term.Paint;
import io.bascule.app.term.PlainView;
import io.bascule.app.term.QuietView;
import io.bascule.app.term.RunView;
import io.bascule.app.term.TtyView;
import io.bascule.app.wiring.Runs;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.app.world.Attendant;
import io.bascule.app.world.WorldClient;
import io.bascule.app.world.WorldFile;
import io.bascule.app.world.WorldLauncher;
import io.bascule.app.world.WorldOptions;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.engine.JdbcStore;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import io.bascule.planfile.ProblemText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The main job on this machine: starts a world as a process of its own, runs the shop's plan against it, and ends with
 * the report. Killing this process harms no user; {@link #resume} goes on.
 */
public final class Demo {
    private final Home home;
    private final DemoOptions options;
    private final Mode mode;
    private final Paint paint;
    private final PrintStream out;
    private final PrintStream err;
    private final Runnable jsonVersion;

    public Demo(
            Home home,
            DemoOptions options,
            Mode mode,
            Paint paint,
            PrintStream out,
            PrintStream err,
            Runnable jsonVersion) {
        this.home = home;
        this.options = options;
        this.mode = mode;
        this.paint = paint;
        this.out = out;
        this.err = err;
        this.jsonVersion = jsonVersion;
    }

    /** A new demo, from nothing. Answers the exit code. */
    public int begin() throws IOException, InterruptedException {
        RunId run = Runs.fresh("demo");
        Path folder = home.demo(run);
        Files.createDirectories(folder);
        Examples.copyShop(folder);
        tell("starting two applications, a front door and 500 users' requests a second ...");
        WorldFile world = WorldLauncher.start(folder, new WorldOptions(options.port(), true, options.fault(), true));
        Attendant.attend(folder);
        Path planFile = folder.resolve("plan.yaml");
        Examples.usePorts(planFile, world);
        Decoded.Good good = decoded(planFile, options.fast() ? List.of(folder.resolve("fast.yaml")) : List.of());
        tell("plan " + planFile + (options.fast() ? " with fast.yaml" : "") + ", front door http://127.0.0.1:"
                + world.door());
        try (JdbcStore store = JdbcStore.open(Home.storeUrlIn(folder))) {
            Runs.create(store, run, good, "demo", Principal.here(), "demo");
            return go(store, run, good.plan(), folder, world);
        }
    }

    /** Goes on with a demo whose orchestrator is gone, or only reports when it is over. */
    public int resume(Optional<RunId> named) throws IOException, InterruptedException {
        RunId run = named.or(home::lastDemo).orElseThrow(() -> new UserMistake("there is no demo to go on with"));
        Path folder = home.demo(run);
        WorldFile world = WorldFile.read(folder)
                .orElseThrow(() -> new UserMistake("the world of " + run + " has ended; it waits five minutes"));
        Attendant.attend(folder);
        try (JdbcStore store = JdbcStore.open(Home.storeUrlIn(folder))) {
            if (store.run(run).isEmpty()) {
                throw new UserMistake(run + " was not begun; start another demo");
            }
            CutoverPlan plan = StoredPlan.read(store.planBody(run)).plan();
            return go(store, run, plan, folder, world);
        }
    }

    private static Decoded.Good decoded(Path plan, List<Path> overlays) {
        return switch (PlanFile.read(plan, overlays)) {
            case Decoded.Good good -> good;
            case Decoded.Faulty faulty ->
                throw new UserMistake("the plan is faulty:\n" + ProblemText.render(faulty.problems(), faulty.texts()));
        };
    }

    private int go(JdbcStore store, RunId run, CutoverPlan plan, Path folder, WorldFile world)
            throws InterruptedException, IOException {
        tell("way-back sheet " + folder.resolve("way-back.md"));
        if (options.ask()) {
            tell("the gates are yours: bascule approve " + run + " --as ana   (and --as ben)");
        }
        RunView view = view(plan, run);
        List<String> people = options.ask() ? List.of() : StandIn.everyone(plan);
        StandIn standIn = new StandIn(store, run, plan, people, "stand-in:demo");
        Runner runner = new Runner(store, run, plan, view, folder, standIn::heard);
        Interrupts interrupts = new Interrupts(runner, folder, world, run, err);
        interrupts.listen();
        Optional<RunStatus> end = runner.run();
        interrupts.over();
        if (end.isEmpty()) {
            return ExitCode.INTERRUPTED;
        }
        finish(store, run, plan, folder, world, view);
        return ExitCode.of(end.get());
    }

    private void finish(JdbcStore store, RunId run, CutoverPlan plan, Path folder, WorldFile world, RunView view)
            throws IOException, InterruptedException {
        WorldClient client = new WorldClient(folder, world);
        UserFigures users = new UserFigures(client.settle());
        client.stop();
        ReportFiles files = ReportFiles.write(plan, run, store.journal(run), Optional.of(users), folder);
        if (view instanceof JsonView json) {
            json.ended(RunFigures.endLine(plan, run, store.journal(run), Optional.of(users)));
            return;
        }
        if (mode != Mode.QUIET) {
            new Summary(paint).print(out, files.report(), users);
            out.println();
            out.println("report    " + files.html());
            out.println("next      bascule report " + run + " --format md");
            out.println("          bascule journal " + run + " --verify");
            out.println("          bascule demo --fast" + (options.fault().isEmpty() ? " --fail" : ""));
            out.flush();
        }
    }

    private RunView view(CutoverPlan plan, RunId run) {
        return switch (mode) {
            case JSON -> {
                jsonVersion.run();
                yield new JsonView(plan, run, out);
            }
            case TTY, AUTO -> new TtyView(plan, err, paint);
            case PLAIN -> new PlainView(plan, err, paint);
            case QUIET -> new QuietView();
        };
    }

    private void tell(String line) {
        if (mode == Mode.TTY || mode == Mode.PLAIN) {
            err.println(paint.dim(line));
        }
    }
}
