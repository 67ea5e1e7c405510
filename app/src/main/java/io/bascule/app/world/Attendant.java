package io.bascule.app.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Knows whether the orchestrator of a demo still lives: it leaves its process number in a file of the world's folder. */
public final class Attendant {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String NAME = "orchestrator.pid";
    private final Path file;
    private Instant lastSeen = Instant.now();

    Attendant(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Called by an orchestrator when it begins to look after a world. */
    public static void attend(Path folder) throws IOException {
        Files.writeString(folder.resolve(NAME), "" + ProcessHandle.current().pid());
    }

    /** Whether nobody has looked after the world for longer than it waits. */
    boolean forsaken() {
        if (alive()) {
            lastSeen = Instant.now();
        }
        return lastSeen.plus(PATIENCE).isBefore(Instant.now());
    }

    private boolean alive() {
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
