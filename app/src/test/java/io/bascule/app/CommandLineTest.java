package io.bascule.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.app.wiring.Runs;
import io.bascule.core.run.RunId;
import io.bascule.engine.JdbcStore;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process: what it prints, and how it exits. */
class CommandLineTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path home;

    private record Answer(int exit, String text) {}

    private Answer bascule(String... arguments) throws IOException, InterruptedException {
        return bascule(Map.of(), arguments);
    }

    private Answer bascule(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dbascule.root=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                "io.bascule.app.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("BASCULE_HOME", home.toString());
        builder.environment().putAll(environment);
        builder.directory(home.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(text).doesNotContain("\tat io.bascule");
        return new Answer(process.exitValue(), text);
    }

    @Test
    void what_libraries_log_is_shown_only_to_who_asks_for_it() throws Exception {
        assertThat(bascule("status").text()).doesNotContain("INFO");
        assertThat(bascule(Map.of("BASCULE_LOG", "INFO"), "status").text()).contains("INFO: ");
        Answer wrong = bascule(Map.of("BASCULE_LOG", "LOUD"), "status");
        assertThat(wrong.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(wrong.text()).contains("BASCULE_LOG takes SEVERE, WARNING, INFO, FINE or ALL, not 'LOUD'");
    }

    @Test
    void the_shop_plan_passes_check() throws Exception {
        Answer answer = bascule("check", ROOT.resolve("examples/shop/plan.yaml").toString());
        assertThat(answer.exit()).isEqualTo(ExitCode.DONE);
        assertThat(answer.text()).contains("a good plan, 16 steps");
    }

    @Test
    void a_faulty_plan_gets_every_problem_as_a_line_of_json() throws Exception {
        Path plan = home.resolve("bad.yaml");
        Files.writeString(plan, "bascule: 1\nname: shop\nshap: flip\ntitle: [\n");
        Answer answer = bascule("check", plan.toString(), "-o", "json");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text().lines().findFirst().orElse("")).startsWith("{\"type\":\"version\"");
        assertThat(answer.text()).contains("\"type\":\"problem\"").contains("\"line\":");
    }

    @Test
    void the_launchers_training_reads_a_whole_plan_on_aws_from_recorded_answers_alone() throws Exception {
        Answer answer = bascule(
                "train",
                home.resolve("train").toString(),
                ROOT.resolve("examples/shop/plan.yaml").toString(),
                ROOT.resolve("examples/aws").toString());
        assertThat(answer.exit()).isEqualTo(ExitCode.DONE);
        assertThat(answer.text())
                .contains("The shop moves to the new platform in AWS", "source=10000 target=0", "looked for before GO")
                .contains("reverters balancer", "sender mail")
                .doesNotContain("unseen", "nobody asked this");
    }

    @Test
    void a_misspelt_command_is_told_with_what_was_meant() throws Exception {
        Answer answer = bascule("chek");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text()).contains("chek").contains("check");
    }

    @Test
    void a_source_is_not_removed_after_a_run_that_nobody_knows() throws Exception {
        assertThat(bascule("init", "old", "--shape", "decommission").exit()).isEqualTo(ExitCode.DONE);
        Path plan = home.resolve("old/plan.yaml");
        Files.writeString(plan, Files.readString(plan).replaceFirst("follows: \\S+", "follows: shop-1"));
        Answer answer = bascule("run", plan.toString(), "--as", "ana");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text()).contains("the plan follows a run: there is no run shop-1");
        assertThat(bascule("status").text()).doesNotContain("old-");
    }

    @Test
    void init_writes_a_plan_that_passes_and_never_overwrites() throws Exception {
        assertThat(bascule("init", "mine", "--shape", "stateless").exit()).isEqualTo(ExitCode.DONE);
        assertThat(bascule("check", "mine/plan.yaml").exit()).isEqualTo(ExitCode.DONE);
        Answer again = bascule("init", "mine");
        assertThat(again.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(again.text()).contains("nothing was written");
    }

    @Test
    void explain_knows_keys_and_codes_and_guesses() throws Exception {
        assertThat(bascule("explain", "at-most").exit()).isEqualTo(ExitCode.DONE);
        Answer answer = bascule("explain", "at-mots");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text()).contains("did you mean 'at-most'");
    }

    @Test
    void an_unknown_run_is_a_mistake_and_not_a_crash() throws Exception {
        Answer answer = bascule("journal", "nobody-1");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text()).contains("nobody-1");
    }

    @Test
    void an_order_to_an_unknown_run_is_a_mistake() throws Exception {
        Answer answer = bascule("rollback", "some-run", "--as", "ana");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text()).contains("some-run");
    }

    @Test
    void a_destructive_order_says_what_it_would_do_and_needs_its_phrase() throws Exception {
        Path plan = home.resolve("mine/plan.yaml");
        assertThat(bascule("init", "mine").exit()).isEqualTo(ExitCode.DONE);
        Files.writeString(home.resolve("mine/front-door.token"), "made up\n");
        begin(plan);
        Answer answer = bascule("rollback", "some-run", "--as", "ana");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text())
                .contains("nothing has been changed")
                .contains("--confirm \"roll back some-run\"")
                .contains("nothing was done");
    }

    private void begin(Path plan) {
        Decoded.Good good = (Decoded.Good) PlanFile.read(plan, List.of());
        try (JdbcStore store = JdbcStore.open(new Home(home).storeUrl())) {
            Runs.create(store, new RunId("some-run"), good, "ana", "os:test@here", "run");
        }
    }

    @Test
    void load_refuses_what_it_cannot_load() throws Exception {
        Answer answer = bascule("load", "ftp://127.0.0.1/", "--rate", "10");
        assertThat(answer.exit()).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(answer.text()).contains("no http:// or https:// address");
    }
}
