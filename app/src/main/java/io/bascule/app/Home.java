package io.bascule.app;

import io.bascule.core.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Bascule keeps what it must remember on this machine: the store, the demos, the way-back sheets. Made when first
 * needed.
 */
public record Home(Path folder) {
    private static final String STORE = "bascule.db";

    /** {@code --home}, else {@code BASCULE_HOME}, else the platform's data directory. */
    public static Home of(Optional<Path> given) {
        String variable = System.getenv("BASCULE_HOME");
        Path folder = given.orElseGet(() -> variable == null || variable.isBlank() ? platform() : Path.of(variable));
        return new Home(folder.toAbsolutePath().normalize());
    }

    private static Path platform() {
        Path user = Path.of(System.getProperty("user.home", "."));
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return user.resolve("Library/Application Support/bascule");
        }
        String data = System.getenv("XDG_DATA_HOME");
        Path base = data == null || data.isBlank() ? user.resolve(".local/share") : Path.of(data);
        return base.resolve("bascule");
    }

    public String storeUrl() {
        return "jdbc:sqlite:" + made(folder).resolve(STORE);
    }

    /** The folder of one demo: its world, its plan, its store, its report. */
    public Path demo(RunId run) {
        return folder.resolve("demo").resolve(run.text());
    }

    public static String storeUrlIn(Path demo) {
        return "jdbc:sqlite:" + made(demo).resolve(STORE);
    }

    /** The folder of a run's files: way-back sheet and report. */
    public Path run(RunId run) {
        Path demo = demo(run);
        return Files.isDirectory(demo) ? demo : made(folder.resolve("runs").resolve(run.text()));
    }

    /** The store that knows a run: a demo keeps its own. */
    public String storeUrlOf(RunId run) {
        Path demo = demo(run);
        return Files.exists(demo.resolve(STORE)) ? storeUrlIn(demo) : storeUrl();
    }

    /** The demo begun last. */
    public Optional<RunId> lastDemo() {
        Path demos = folder.resolve("demo");
        if (!Files.isDirectory(demos)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(demos)) {
            return folders.filter(each -> Files.exists(each.resolve(STORE)))
                    .max((a, b) -> Long.compare(begun(a), begun(b)))
                    .map(each -> new RunId(each.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long begun(Path demo) {
        return demo.resolve("plan.yaml").toFile().lastModified();
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
        }
    }
}
