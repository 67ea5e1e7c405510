package io.bascule.app.demo;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.world.WorldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The example plans that come with Bascule. */
public final class Examples {
    private static final List<String> SHOP = List.of("plan.yaml", "fast.yaml", "checks/smoke.sh");

    private Examples() {}

    private static Path root() {
        String root = System.getProperty("bascule.root");
        if (root == null || !Files.isDirectory(Path.of(root, "examples"))) {
            throw new UserMistake(ExitCode.MISSING, "the examples are not there; run ./bascule from its folder");
        }
        return Path.of(root, "examples");
    }

    /** Copies the shop's plan and what belongs to it into a folder; what is there already stays. */
    public static void copyShop(Path folder) throws IOException {
        for (String file : SHOP) {
            Path to = folder.resolve(file);
            if (!Files.exists(to)) {
                Files.createDirectories(to.getParent());
                Files.copy(root().resolve("shop").resolve(file), to);
            }
        }
    }

    /** Writes a world's ports into a copy of the plan; nothing else in it changes. */
    public static void usePorts(Path plan, WorldFile world) throws IOException {
        String text = Files.readString(plan)
                .replace("127.0.0.1:8080", "127.0.0.1:@door")
                .replace("127.0.0.1:8079", "127.0.0.1:@control")
                .replace("127.0.0.1:8081", "127.0.0.1:@source")
                .replace("127.0.0.1:8082", "127.0.0.1:@target")
                .replace("@door", "" + world.door())
                .replace("@control", "" + world.control())
                .replace("@source", "" + world.source())
                .replace("@target", "" + world.target());
        Files.writeString(plan, text);
    }
}
