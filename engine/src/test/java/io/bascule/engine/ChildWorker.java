package io.bascule.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker in a process of its own, to be killed or stopped. */
final class ChildWorker {
    private ChildWorker() {}

    public static void main(String[] arguments) throws InterruptedException {
        JdbcStore store = JdbcStore.open(arguments[0]);
        engine(store, Integer.parseInt(arguments[1])).start();
        Thread.sleep(Duration.ofHours(1));
    }

    static Engine engine(JdbcStore store, int port) {
        ScriptedTick tick =
                new ScriptedTick(1_000_000, Duration.ZERO, Duration.ofMillis(500), new Receiver.Remote(port));
        return new Engine(
                store,
                TestPlans.loader(Map.of()),
                EngineSettings.of(store)
                        .withHeartbeat(Duration.ofMillis(250), 4)
                        .withPolling(Duration.ofMillis(50))
                        .withTick(tick));
    }

    static Process start(String url, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.config.file="
                        + System.getProperty("java.util.logging.config.file", "src/test/resources/logging.properties"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ChildWorker.class.getName(),
                url,
                Integer.toString(port)));
        return new ProcessBuilder(command).inheritIO().start();
    }
}
