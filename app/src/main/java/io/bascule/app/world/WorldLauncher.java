package io.bascule.app.world;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a world as a process of its own, which outlives this one and does not hear its terminal's interrupts. */
public final class WorldLauncher {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private WorldLauncher() {}

    /**
     * Starts a world in the folder and waits until it is ready.
     *
     * @throws IOException when it does not become ready; the message ends with the end of its log
     */
    public static WorldFile start(Path folder, WorldOptions options) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path log = folder.resolve("world.log");
        Process process = new ProcessBuilder(command(folder, options))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                .start();
        Instant until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            Optional<WorldFile> ready = WorldFile.read(folder);
            if (ready.isPresent()) {
                return ready.get();
            }
            if (process.waitFor(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        process.destroyForcibly();
        throw new IOException("the world did not start: " + tail(log));
    }

    /** An ignored signal stays ignored over exec: the shell ignores what a terminal sends, the world inherits that. */
    private static List<String> command(Path folder, WorldOptions options) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.addAll(javaCommand());
        command.addAll(List.of("world-process", folder.toString(), "--port", "" + options.port()));
        if (!options.users()) {
            command.add("--no-users");
        }
        if (options.attended()) {
            command.add("--attended");
        }
        options.fault().ifPresent(fault -> command.addAll(List.of("--fault", fault.name())));
        return command;
    }

    /** This program again: the same java, options that matter, and jars. */
    public static List<String> javaCommand() {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command = new ArrayList<>(List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        for (String property : List.of("bascule.root", "bascule.launcher")) {
            Optional.ofNullable(System.getProperty(property)).ifPresent(v -> command.add("-D" + property + "=" + v));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.bascule.app.Main"));
        return command;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
