package io.bascule.app.world;

import io.bascule.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * Where a running world can be reached: written by the world when it is ready, as {@code world.json}.
 *
 * @param pid of its process
 * @param world the port of its own small control API
 */
public record WorldFile(long pid, int door, int control, int source, int target, int world) {
    private static final String NAME = "world.json";

    static void write(Path folder, WorldFile file) throws IOException {
        Path partial = folder.resolve(NAME + ".partial");
        Files.writeString(
                partial,
                Json.write(Json.object(
                        "pid", file.pid,
                        "door", (long) file.door,
                        "control", (long) file.control,
                        "source", (long) file.source,
                        "target", (long) file.target,
                        "world", (long) file.world)));
        Files.move(partial, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }

    /** The world of that folder, if one is running there. */
    public static Optional<WorldFile> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file) || !(Json.parse(Files.readString(file)) instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        WorldFile read = new WorldFile(
                number(map, "pid"),
                (int) number(map, "door"),
                (int) number(map, "control"),
                (int) number(map, "source"),
                (int) number(map, "target"),
                (int) number(map, "world"));
        return ProcessHandle.of(read.pid).filter(ProcessHandle::isAlive).map(_ -> read);
    }

    private static long number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Long value ? value : 0;
    }
}
