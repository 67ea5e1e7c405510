package io.bascule.embedded.script;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.ScriptRunner;
import io.bascule.core.port.Verdict;
import io.bascule.embedded.script.GuardedProcess.Ended;
import io.bascule.embedded.script.GuardedProcess.Exited;
import io.bascule.embedded.script.GuardedProcess.NotStarted;
import io.bascule.embedded.script.GuardedProcess.Stopped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs programs below a directory. A script is a path and words ({@code checks/smoke.sh --fast}), no shell text; a file
 * that is not executable is given to {@code sh}. It sees {@code BASCULE_*} variables, nothing on its standard input, and
 * the directory as its own. It does not outlive its time-out, an interrupt, or this JVM. Safe for threads.
 */
public final class ProcessScripts implements ScriptRunner {
    private final Path base;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /**
     * @param base what script paths are relative to
     * @param environment such as {@code BASCULE_SOURCE_URL}, {@code BASCULE_TARGET_URL}, {@code BASCULE_RUN}
     * @param clock the run's clock
     */
    public ProcessScripts(Path base, Map<String, String> environment, InstantSource clock) {
        this.base = base.toAbsolutePath();
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Finding run(String script, Deadline deadline) {
        long start = System.nanoTime();
        Ended ended = execute(script, Map.of(), deadline);
        long millis = (System.nanoTime() - start) / 1_000_000;
        return switch (ended) {
            case Exited(int code, String output) -> {
                Verdict verdict = code == 0
                        ? new Verdict.Pass(script + " passed")
                        : new Verdict.Fail(script + " ended with exit code " + code);
                yield Finding.of(verdict, "exitCode", code, "output", output, "tookMillis", millis);
            }
            case Stopped(String why, String output) ->
                Finding.of(new Verdict.Errored(script + " " + why), "output", output, "tookMillis", millis);
            case NotStarted(String why) -> Finding.of(new Verdict.Errored(script + " " + why));
        };
    }

    @Override
    public Actuator effect(String step, String run, String observe, String undo) {
        return new ScriptActuator(this, clock, step, run, observe, undo);
    }

    Ended execute(String script, Map<String, String> more, Deadline deadline) {
        List<String> words = new ArrayList<>(List.of(script.strip().split("\\s+")));
        Path file = base.resolve(words.getFirst()).normalize();
        if (!Files.isRegularFile(file)) {
            return new NotStarted("is not there");
        }
        words.set(0, file.toString());
        if (!Files.isExecutable(file)) {
            words.addFirst("sh");
        }
        TreeMap<String, String> variables = new TreeMap<>(environment);
        variables.putAll(more);
        variables.put("BASCULE_DEADLINE", deadline.at().toString());
        return GuardedProcess.run(words, base, variables, deadline.left(clock.instant()));
    }
}
