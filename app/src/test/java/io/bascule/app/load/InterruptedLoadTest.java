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
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
        Process load = load("http://127.0.0.1:" + server.getAddress().getPort() + "/", result, text);
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

    private Process load(String url, Path result, Path text) throws Exception {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.bascule.app.Main",
                        "load",
                        url,
                        "--duration",
                        "10m",
                        "--out",
                        result.toString(),
                        "-o",
                        "plain"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(text.toFile())
                .start();
    }
}
