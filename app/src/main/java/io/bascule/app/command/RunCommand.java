package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.Principal;
import io.bascule.app.Runner;
import io.bascule.app.UserMistake;
import io.bascule.app.demo.StandIn;
import io.bascule.app.report.RunFigures;
import io.bascule.app.term.JsonView;
import io.bascule.app.term.RunView;
import io.bascule.app.wiring.Runs;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.app.wiring.StoredRuns;
import io.bascule.app.world.WorldLauncher;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Verdict;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunState;
import io.bascule.core.run.RunStatus;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.RunSummary;
import io.bascule.planfile.Decoded;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Runs a plan in the foreground until it ends; goes on with a run by --run-id.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(
            paramLabel = "PLAN",
            arity = "0..1",
            description = "The plan file; not needed with --run-id of a run that is there.")
    @Nullable
    Path plan;

    @Option(names = "--overlay", paramLabel = "FILE", description = "Values laid over the plan.")
    List<Path> overlays = new ArrayList<>();

    @Option(names = "--run-id", paramLabel = "ID", description = "Names the run; a run of that name goes on.")
    @Nullable
    String runId;

    @Option(names = "--detach", description = "Ticks in the background.")
    boolean detach;

    @Option(names = "--yes-i-am", paramLabel = "PERSON", description = "Answers gates in these people's names.")
    List<String> people = new ArrayList<>();

    @Option(names = "--as", paramLabel = "PERSON", description = "Who starts the run.")
    String who = System.getProperty("user.name", "unknown");

    @Override
    public Integer call() throws InterruptedException, IOException {
        Optional<RunId> named = Optional.ofNullable(runId).map(common::run);
        try (JdbcStore store = named.isPresent() ? common.openStoreOf(named.get()) : common.openStore()) {
            Optional<RunId> there = named.filter(id -> store.run(id).isPresent());
            RunId run = there.isPresent() ? resumed(store, there.get()) : begun(store, named);
            return detach ? detached(run) : foreground(store, run);
        }
    }

    /** A run goes on with the plan it was started with; an edited file is not it. */
    private RunId resumed(JdbcStore store, RunId run) {
        if (plan != null) {
            Decoded.Good now = Plans.need(common, plan, overlays);
            CutoverPlan then = StoredPlan.read(store.planBody(run)).plan();
            if (!now.plan().hash().equals(then.hash())) {
                throw new UserMistake(run + " runs the plan " + then.hash().brief() + ", " + plan + " is now "
                        + now.plan().hash().brief() + ": go on without the file, or start another run");
            }
        }
        return run;
    }

    private RunId begun(JdbcStore store, Optional<RunId> named) {
        if (plan == null) {
            throw new UserMistake("which plan? 'bascule run PLAN', or --run-id of a run that is there");
        }
        Decoded.Good good = Plans.need(common, plan, overlays);
        acknowledged(store, good.plan().name());
        good.plan().follows().ifPresent(followed -> completed(store, followed));
        RunId run = named.orElseGet(() -> Runs.fresh(good.plan().name()));
        return Runs.create(store, run, good, who, Principal.here(), "run");
    }

    /** A plan that was rolled back is tried again when a person has said so. */
    private static void acknowledged(JdbcStore store, String plan) {
        Optional<RunSummary> last = store.runs().reversed().stream()
                .filter(run -> run.plan().equals(plan))
                .findFirst();
        boolean back = last.map(RunSummary::status)
                .map(status -> status == RunStatus.ROLLED_BACK || status == RunStatus.ROLLBACK_INCOMPLETE)
                .orElse(false);
        if (back && !state(store, last.get().run()).acknowledged()) {
            RunId run = last.get().run();
            throw new UserMistake("the last run of this plan, " + run + ", ended "
                    + last.get().status() + "; trying again needs a person: bascule ack " + run
                    + " --as PERSON --reason TEXT");
        }
    }

    /** What a source is removed after must have been completed; the run asks again before it removes anything. */
    private static void completed(JdbcStore store, String followed) {
        Deadline deadline = Deadline.after(Instant.now(), Duration.ofSeconds(10));
        Verdict verdict = new StoredRuns(store).completed(followed, deadline).verdict();
        if (!verdict.passed()) {
            throw new UserMistake(
                    ExitCode.FAULTY_INPUT,
                    "the plan follows a run: " + verdict.reason()
                            + "; its source may be removed when that run is completed");
        }
    }

    private static RunState state(JdbcStore store, RunId run) {
        CutoverPlan plan = StoredPlan.read(store.planBody(run)).plan();
        return Fold.fold(Program.of(plan), store.journal(run));
    }

    private int detached(RunId run) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.addAll(WorldLauncher.javaCommand());
        command.addAll(List.of(
                "run",
                "--run-id",
                run.text(),
                "-o",
                "plain",
                "--home",
                common.home().folder().toString()));
        if (common.store != null) {
            command.addAll(List.of("--store", common.store));
        }
        people.forEach(person -> command.addAll(List.of("--yes-i-am", person)));
        Path log = common.home().run(run).resolve("run.log");
        new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                .start();
        common.say(run.text());
        common.err().println("ticking in the background, log " + log + "; 'bascule watch " + run + "' looks on");
        return ExitCode.DONE;
    }

    private int foreground(JdbcStore store, RunId run) throws InterruptedException {
        CutoverPlan stored = StoredPlan.read(store.planBody(run)).plan();
        RunView view = Views.of(common, stored, run);
        StandIn standIn = new StandIn(store, run, stored, people, "cli:--yes-i-am by " + Principal.here());
        Runner runner = new Runner(store, run, stored, view, common.home().run(run), standIn::heard);
        Thread stopped = new Thread(() -> lastWords(store, run, runner));
        Runtime.getRuntime().addShutdownHook(stopped);
        common.err()
                .println("run " + run + ", way-back sheet "
                        + common.home().run(run).resolve("way-back.md"));
        Optional<RunStatus> end = runner.run();
        if (end.isPresent()) {
            Runtime.getRuntime().removeShutdownHook(stopped);
            if (view instanceof JsonView json) {
                json.ended(RunFigures.endLine(stored, run, store.journal(run), Optional.empty()));
            }
            return ExitCode.of(end.get());
        }
        return ExitCode.INTERRUPTED;
    }

    private void lastWords(JdbcStore store, RunId run, Runner runner) {
        runner.stop();
        if (!store.status(run).terminal()) {
            common.err().println();
            common.err().println("nobody is judging this traffic now; go on with: bascule run --run-id " + run);
        }
    }
}
