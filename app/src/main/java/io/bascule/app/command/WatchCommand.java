package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.term.RunView;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunState;
import io.bascule.core.run.RunStatus;
import io.bascule.engine.JdbcStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Looks on while a run goes; changes nothing. Ends with the run.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    Common common = new Common();

    enum Until {
        GATE,
        PHASE,
        END
    }

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run (default: the last one).")
    @Nullable
    String run;

    @Option(names = "--until", paramLabel = "gate|phase|end", description = "When to stop looking.")
    Until until = Until.END;

    @Option(names = "--timeout", paramLabel = "D", description = "At most so long: 90s, 10m, 2h.")
    @Nullable
    String timeOut;

    @Override
    public Integer call() throws InterruptedException {
        Instant last = timeOut == null ? Instant.MAX : Instant.now().plus(Durations.parse(timeOut));
        RunId id = common.run(run);
        try (JdbcStore store = common.openStoreOf(id)) {
            CutoverPlan plan = StoredPlan.read(store.planBody(id)).plan();
            return look(store, id, plan, Views.of(common, plan, id), last);
        }
    }

    private int look(JdbcStore store, RunId id, CutoverPlan plan, RunView view, Instant last)
            throws InterruptedException {
        Program program = Program.of(plan);
        RunState state = Fold.nothing();
        Optional<String> phase = Optional.empty();
        while (true) {
            for (Entry entry : store.journal(id, state.seq())) {
                state = Fold.apply(program, state, entry);
                view.entry(entry);
            }
            view.moment();
            Optional<String> now = phase(plan, program, state);
            boolean turned = phase.isPresent() && !phase.equals(now);
            phase = now;
            boolean waits = state.status() == RunStatus.WAITING || state.status() == RunStatus.HOLDING;
            if (state.status().terminal() || (until == Until.GATE && waits) || (until == Until.PHASE && turned)) {
                view.end();
                return ExitCode.of(state.status());
            }
            if (!Instant.now().isBefore(last)) {
                view.end();
                throw new UserMistake(ExitCode.TIME_OUT, "still " + state.status() + " after " + timeOut);
            }
            Thread.sleep(POLL);
        }
    }

    private static Optional<String> phase(CutoverPlan plan, Program program, RunState state) {
        return program.acts().stream()
                .filter(act -> !state.over(act.id()))
                .findFirst()
                .map(act ->
                        plan.step(act.step()).map(step -> step.phase().word()).orElse(act.step()));
    }
}
