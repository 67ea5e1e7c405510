package io.bascule.engine.bench;

import io.bascule.core.run.RunId;
import io.bascule.core.run.Tick;
import io.bascule.engine.Engine;
import io.bascule.engine.JdbcStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker is killed by {@code kill -9}, another process starts on the same machine: until the run's next event. */
final class Restart {
    private static final int COUNT = 12;

    private Restart() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[1].equals("work")) {
            work(arguments[0]);
            return;
        }
        Path folder = Bench.folder();
        String url = arguments.length > 0 ? arguments[0] : "jdbc:sqlite:" + folder.resolve("store.db");
        long[] millis = new long[COUNT];
        long[] jvm = new long[COUNT];
        try (JdbcStore store = JdbcStore.open(url)) {
            RunId run = Bench.create(store, "restart");
            Process worker = child(url, "work");
            for (int i = 0; i < COUNT; i++) {
                more(store, run, entries(store, run) + 5);
                worker.destroyForcibly().waitFor();
                long begin = System.nanoTime();
                worker = child(url, "work");
                more(store, run, entries(store, run) + 1);
                millis[i] = (System.nanoTime() - begin) / 1_000_000;
                jvm[i] = empty();
            }
            worker.destroyForcibly().waitFor();
        }
        Bench.row("ms", List.of("min", "p50", "max"));
        print("killed to next event", millis);
        print("a JVM that only prints", jvm);
        Bench.row("ratio, p50", List.of(Bench.number(Bench.at(millis, 0.5) / Bench.at(jvm, 0.5))));
    }

    private static void work(String url) throws InterruptedException {
        JdbcStore store = JdbcStore.open(url);
        Engine engine = Bench.engine(store, (plan, run, around) -> {
            long seq = around.journal().entries().getLast().seq();
            while (around.journal().append(Bench.entry(++seq, around.clock().now()), List.of())) {
                if (around.guard().stopping()) {
                    return new Tick.Rest.Until(around.clock().now());
                }
                pause();
            }
            return new Tick.Rest.Lost();
        });
        engine.start();
        Thread.sleep(Duration.ofHours(1));
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            // the guard says why
        }
    }

    private static long entries(JdbcStore store, RunId run) {
        return store.run(run).orElseThrow().entries();
    }

    private static void more(JdbcStore store, RunId run, long count) throws InterruptedException {
        while (entries(store, run) < count) {
            Thread.sleep(2);
        }
    }

    private static long empty() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static Process child(String url, String word) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Restart.class.getName(),
                        url,
                        word)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void print(String name, long[] millis) {
        Bench.row(
                name,
                List.of(
                        Bench.number(Bench.at(millis, 0)),
                        Bench.number(Bench.at(millis, 0.5)),
                        Bench.number(Bench.at(millis, 1))));
    }
}
