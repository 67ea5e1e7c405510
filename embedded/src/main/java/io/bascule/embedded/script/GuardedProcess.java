package io.bascule.embedded.script;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs one program so that nothing of it is left behind. Between this JVM and the program stands a guard, a small shell:
 * it starts the program in a process group of its own and waits for either. When the program ends, the guard kills what
 * is left of the group and passes the exit code on. When the guard's standard input closes (time-out, interrupt, or this
 * JVM was killed), it ends the group: TERM, half a second, KILL. A program that makes itself a new session escapes.
 */
final class GuardedProcess {
    static final int OUTPUT_BYTES_MAX = 32 * 1024;
    private static final Duration ENDING = Duration.ofSeconds(3);
    private static final String GUARD = """
            exec 3<&0
            if command -v setsid >/dev/null 2>&1; then
              setsid "$@" </dev/null 3<&- &
            else
              set -m
              "$@" </dev/null 3<&- &
              set +m
            fi
            job=$!
            {
              while read -r line; do :; done
              kill -s TERM -- -$job
              sleep 0.5
              kill -s KILL -- -$job
            } <&3 3<&- >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait $job
            code=$?
            kill -s KILL -- -$job 2>/dev/null
            kill -s KILL $watch 2>/dev/null
            exit $code
            """;

    private GuardedProcess() {}

    /** How it ended. */
    sealed interface Ended {}

    record Exited(int code, String output) implements Ended {}

    /** Killed: out of time, or interrupted (the flag is kept). */
    record Stopped(String why, String output) implements Ended {}

    record NotStarted(String why) implements Ended {}

    static Ended run(List<String> command, Path folder, Map<String, String> variables, Duration within) {
        if (within.isZero() || within.isNegative()) {
            return new NotStarted("had no time left");
        }
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "guard"));
        guarded.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(guarded).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new NotStarted("could not be started: " + e.getMessage());
        }
        Output output = Output.of(process.getInputStream());
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
                    ? new Exited(process.exitValue(), output.text())
                    : new Stopped("did not end within " + within.toMillis() + " ms", output.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Stopped("was interrupted", output.text());
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        boolean interrupted = Thread.interrupted();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
