package io.bascule.embedded.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Verdict;
import io.bascule.embedded.http.Await;
import io.bascule.testkit.ActuatorConformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessScriptsTest {
    @TempDir
    Path folder;

    private ProcessScripts scripts() {
        return new ProcessScripts(folder, Map.of("BASCULE_SOURCE_URL", "http://127.0.0.1:1"), InstantSource.system());
    }

    private Finding run(String text, Duration within) throws Exception {
        Files.writeString(folder.resolve("s.sh"), text);
        return scripts().run("s.sh a b", Deadline.after(Instant.now(), within));
    }

    private Finding run(String text) throws Exception {
        return run(text, Duration.ofSeconds(10));
    }

    @Test
    void exit_code_output_arguments_and_environment_are_told() throws Exception {
        Finding finding = run("echo $1-$2 $BASCULE_SOURCE_URL; echo oops >&2; pwd; cat; exit 3");
        assertThat(finding.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(finding.facts()).containsEntry("exitCode", "3");
        assertThat(finding.facts().get("output"))
                .contains("a-b http://127.0.0.1:1", "oops", folder.toRealPath().toString());
        assertThat(run("exit 0").verdict().passed()).isTrue();
    }

    @Test
    void a_script_that_is_not_there_is_an_error() {
        assertThat(scripts()
                        .run("no.sh", Deadline.after(Instant.now(), Duration.ofSeconds(5)))
                        .verdict())
                .isInstanceOf(Verdict.Errored.class);
    }

    @Test
    void output_is_bounded_and_never_blocks_the_script() throws Exception {
        Finding finding = run("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done");
        assertThat(finding.verdict().passed()).isTrue();
        assertThat(finding.facts().getOrDefault("output", "").length())
                .isLessThan(GuardedProcess.OUTPUT_BYTES_MAX + 100);
        assertThat(finding.facts().get("output")).contains("bytes more");
    }

    @Test
    void out_of_time_it_is_stopped_with_all_its_children() throws Exception {
        Finding finding = run("trap '' TERM; sleep 77.1 & echo $! > kid; echo $$ > self; wait", Duration.ofMillis(700));
        assertThat(finding.verdict()).isInstanceOf(Verdict.Errored.class);
        awaitGone("kid");
        awaitGone("self");
    }

    @Test
    void what_it_leaves_behind_in_the_background_is_ended() throws Exception {
        assertThat(run("sleep 77.2 & echo $! > kid; exit 0").verdict().passed()).isTrue();
        awaitGone("kid");
    }

    @Test
    void interrupted_it_is_stopped_and_the_flag_is_kept() throws Exception {
        Thread caller = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            try {
                Await.until("started", () -> Files.exists(folder.resolve("kid")));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            caller.interrupt();
        });
        Finding finding = run("echo $$ > kid; sleep 77.3");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(finding.verdict()).isInstanceOf(Verdict.Errored.class);
        awaitGone("kid");
    }

    @Test
    void killed_with_its_jvm_it_is_gone_too() throws Exception {
        Files.writeString(folder.resolve("long.sh"), "echo $$ > kid; sleep 77.4");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Runner.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("jvm.log").toFile())
                .start();
        Await.until(
                "started",
                () -> Files.exists(folder.resolve("kid"))
                        && !Files.readString(folder.resolve("kid")).isBlank());
        assertThat(jvm.destroyForcibly().waitFor()).isNotZero();
        awaitGone("kid");
    }

    /** Runs a script in a JVM that is about to be killed. */
    static final class Runner {
        private Runner() {}

        public static void main(String[] arguments) {
            Finding _ = new ProcessScripts(Path.of(arguments[0]), Map.of(), InstantSource.system())
                    .run("long.sh", Deadline.after(Instant.now(), Duration.ofMinutes(1)));
        }
    }

    private void awaitGone(String name) throws Exception {
        long id = Long.parseLong(Files.readString(folder.resolve(name)).strip());
        Await.until(
                name + " gone",
                () -> ProcessHandle.of(id).map(handle -> !handle.isAlive()).orElse(true));
    }

    @Test
    void a_script_with_an_effect_is_applied_observed_and_undone() throws Exception {
        Files.writeString(folder.resolve("do.sh"), "touch made");
        Files.writeString(folder.resolve("look.sh"), "[ -e made ] && echo done || echo absent");
        Files.writeString(folder.resolve("undo.sh"), "rm made");
        Actuator actuator = scripts().effect("step-1", "do.sh", "look.sh", "undo.sh");
        for (List<String> way : List.of(List.of("absent", "done"), List.of("done", "absent"))) {
            Deadline soon = Deadline.after(Instant.now(), Duration.ofSeconds(10));
            Image from = Image.of("state", way.getFirst());
            Image to = Image.of("state", way.getLast());
            assertThat(actuator.observe(soon)).isEqualTo(new Reading.Seen(from));
            Change change = new Change("t", Instant.now().plusSeconds(10), from, to);
            assertThat(actuator.apply(change, soon)).isInstanceOf(Outcome.Done.class);
            assertThat(actuator.observe(soon)).isEqualTo(new Reading.Seen(to));
            assertThat(actuator.apply(change, soon)).isInstanceOf(Outcome.Done.class);
        }
    }

    @Nested
    class AsAnActuator extends ActuatorConformance {
        @BeforeEach
        void write() throws Exception {
            Files.writeString(folder.resolve("do.sh"), "touch made");
            Files.writeString(folder.resolve("look.sh"), "[ -e made ] && echo done || echo absent");
            Files.writeString(folder.resolve("undo.sh"), "rm made");
        }

        @Override
        protected Actuator actuator() {
            return scripts().effect("step-1", "do.sh", "look.sh", "undo.sh");
        }

        @Override
        protected Image from() {
            return Image.of("state", "absent");
        }

        @Override
        protected Image to() {
            return Image.of("state", "done");
        }

        @Override
        protected boolean remembersTokens() {
            return false;
        }
    }
}
