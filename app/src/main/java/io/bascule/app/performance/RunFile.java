package io.bascule.app.performance;

import io.bascule.core.performance.Measured;
import io.bascule.load.LoadOutcome;
import io.bascule.load.TargetOutcome;
import io.bascule.load.Usage;
import io.bascule.load.file.ResultFile;
import io.bascule.planfile.objectives.FiguresFile;
import io.bascule.planfile.objectives.ReadFile;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a run: a result of {@code bascule load --out}, or figures that somebody wrote down. Of a load on several targets one
 * is named behind a colon: {@code result.json:source}.
 */
public final class RunFile {
    private RunFile() {}

    /** @param resources what it used, where the result has that */
    public record Run(Measured measured, SortedMap<String, Usage> resources) {}

    /**
     * The run of a file.
     *
     * @param preferred the target to take of several when none is named
     * @throws IllegalArgumentException when the file cannot be used; the message says what to do
     */
    public static ReadFile<Run> read(String argument, String preferred) throws IOException {
        Path path = Path.of(argument);
        Optional<String> wanted = Optional.empty();
        int colon = argument.lastIndexOf(':');
        if (!Files.exists(path) && colon > 0) {
            path = Path.of(argument.substring(0, colon));
            wanted = Optional.of(argument.substring(colon + 1));
        }
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(path + ": there is no such file");
        }
        if (isOutcome(path)) {
            LoadOutcome outcome = ResultFile.read(path);
            TargetOutcome target = target(path, outcome, wanted, preferred);
            String name = outcome.targets().size() > 1 ? target.name() : "" + path.getFileName();
            return new ReadFile.Good<>(new Run(LoadedRun.of(name, outcome, target), target.resources()));
        }
        if (Files.size(path) > YamlReader.LARGEST) {
            throw new IllegalArgumentException(
                    path + ": neither a result of 'bascule load --out' nor a file of figures");
        }
        return switch (FiguresFile.read(new SourceText(path.toString(), Files.readString(path)))) {
            case ReadFile.Good<Measured>(Measured typed) -> new ReadFile.Good<>(new Run(typed, new TreeMap<>()));
            case ReadFile.Faulty<Measured> faulty -> new ReadFile.Faulty<>(faulty.problems(), faulty.text());
        };
    }

    private static boolean isOutcome(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            String start = new String(in.readNBytes(200), java.nio.charset.StandardCharsets.UTF_8);
            return start.contains("\"load.outcome\"");
        }
    }

    private static TargetOutcome target(Path path, LoadOutcome outcome, Optional<String> wanted, String preferred) {
        List<TargetOutcome> targets = outcome.targets();
        String names =
                String.join(", ", targets.stream().map(TargetOutcome::name).toList());
        if (wanted.isPresent()) {
            return outcome.target(wanted.get())
                    .orElseThrow(() -> new IllegalArgumentException(
                            path + ": it has no target '" + wanted.get() + "', but " + names));
        }
        return targets.size() == 1
                ? targets.getFirst()
                : outcome.target(preferred)
                        .orElseThrow(() -> new IllegalArgumentException(path + ": it has several targets; name one of "
                                + names + ": " + path + ":" + targets.getFirst().name()));
    }
}
