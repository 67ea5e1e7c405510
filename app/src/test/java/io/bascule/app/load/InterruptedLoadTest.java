package io.bascule.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.load.LoadOutcome;
import io.bascule.load.file.ResultFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that is ended by a signal. SIGTERM, because a process that was started in the background does not hear SIGINT. */
class InterruptedLoadTest {
    private static final int SOME = 150;

    @TempDir
    Path folder;

    @Test
    void a_load_that_is_ended_keeps_what_it_measured() throws Exception {
        var answered = new Semaphore(0);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            answered.release();
        });
        server.start();
        Path result = folder.resolve("result.json");
        Path text = folder.resolve("text");
        Process load =
                load("http://127.0.0.1:" + server.getAddress().getPort() + "/", result, text, "--duration", "10m");
        try {
            assertThat(answered.tryAcquire(SOME, 60, TimeUnit.SECONDS)).isTrue();
            load.destroy();
            assertThat(load.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            load.destroyForcibly();
            server.stop(0);
        }
        String said = Files.readString(text, StandardCharsets.UTF_8);
        assertThat(load.exitValue()).as(said).isEqualTo(128 + 15);
        assertThat(said).contains("ABORTED: stopped by hand", "stopped before its time", result.toString());
        LoadOutcome outcome = ResultFile.read(result);
        assertThat(outcome.targets()).singleElement().satisfies(target -> {
            assertThat(target.aborted()).isEqualTo("stopped by hand");
            assertThat(target.total().requests()).isGreaterThan(SOME / 2).isLessThan(100 * 600);
            assertThat(target.total().elapsed()).isLessThan(java.time.Duration.ofMinutes(2));
        });
    }

    /** @param end how the process is ended while it waits for figures that do not come */
    private Process waiting(Consumer<Process> end, Path result, Path text) throws Exception {
        var asked = new Semaphore(0);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            boolean query = exchange.getRequestURI().getPath().startsWith("/api");
            exchange.sendResponseHeaders(query ? 503 : 204, -1);
            exchange.close();
            asked.release(query ? 1 : 0);
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        Process load = load(url, result, text, "--duration", "1s", "--resources", "cpu=" + url + "?query=cpu");
        try {
            assertThat(asked.tryAcquire(4, 60, TimeUnit.SECONDS))
                    .as("a reading asks three times, so the second has begun")
                    .isTrue();
            end.accept(load);
            assertThat(load.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            load.destroyForcibly();
            server.stop(0);
        }
        return load;
    }

    @Test
    void whoever_does_not_wait_for_figures_has_the_result_and_why_they_are_missing() throws Exception {
        Path result = folder.resolve("result.json");
        Path text = folder.resolve("text");
        Process load = waiting(Process::destroy, result, text);
        String said = Files.readString(text, StandardCharsets.UTF_8);
        assertThat(load.exitValue()).as(said).isEqualTo(128 + 15);
        assertThat(said)
                .contains("waiting for figures", "stopped before all figures had come", result.toString())
                .contains("cpu of target is not known: http://127.0.0.1:");
        assertThat(ResultFile.read(result).targets()).singleElement().satisfies(target -> {
            assertThat(target.aborted()).isNull();
            assertThat(target.total().requests()).isPositive();
            assertThat(target.resources().get("cpu"))
                    .isNotNull()
                    .satisfies(cpu -> assertThat(cpu.untold()).contains("status 503"));
        });
    }

    @Test
    void a_load_that_is_killed_while_it_waits_for_figures_has_its_result() throws Exception {
        Path result = folder.resolve("result.json");
        waiting(Process::destroyForcibly, result, folder.resolve("text"));
        assertThat(ResultFile.read(result).targets()).singleElement().satisfies(target -> {
            assertThat(target.total().requests()).isPositive();
            assertThat(target.resources()).isEmpty();
        });
    }

    private Process load(String url, Path result, Path text, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.bascule.app.Main",
                "load",
                url,
                "--out",
                result.toString(),
                "-o",
                "plain"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(text.toFile())
                .start();
    }
}
