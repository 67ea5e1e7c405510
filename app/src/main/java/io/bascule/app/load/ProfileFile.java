package io.bascule.app.load;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads load profiles: every value against the table of keys, every name against what it may mean; the result is a profile
 * that may be run, or all problems at their places. Never throws for what is in a file.
 */
public final class ProfileFile {

    /** What reading came to. */
    public sealed interface Read {}

    /** A profile that may be run. */
    public record Good(Profile profile) implements Read {}

    /** All problems, from top to bottom; at least one. */
    public record Faulty(List<Problem> problems, List<SourceText> texts) implements Read {}

    private static final long LARGEST_TABLE = 256L << 20;

    private ProfileFile() {}

    /** Reads a profile. Relative paths start at its folder. */
    public static Read read(Path file) {
        return read(file, System.getenv());
    }

    /** Reads a profile in this environment. */
    static Read read(Path file, Map<String, String> environment) {
        var problems = new Problems();
        Optional<String> text = text(file, file.toString(), At.whole(file.toString()), YamlReader.LARGEST, problems);
        if (text.isEmpty()) {
            return new Faulty(problems.all(), List.of());
        }
        var source = new SourceText(file.toString(), text.get());
        Path parent = file.toAbsolutePath().normalize().getParent();
        Optional<Profile> profile = YamlReader.read(source, problems)
                .flatMap(tree -> profile(tree, parent == null ? file : parent, environment, problems));
        return profile.isEmpty() || problems.faulty()
                ? new Faulty(problems.all(), List.of(source))
                : new Good(profile.get());
    }

    private static Optional<Profile> profile(
            Tree tree, Path folder, Map<String, String> environment, Problems problems) {
        Context context = Context.root(problems);
        boolean handbook = tree instanceof Tree.Mapping map
                && map.find(ProfileTable.TARGET_URL.name()).isPresent();
        Optional<Values> values = (handbook ? ProfileTable.HANDBOOK : ProfileTable.ROOT).decode(tree, context);
        return values.flatMap(root -> new ProfileReading(root, folder, environment, context).profile(handbook));
    }

    /** The text of a file that a key names. */
    static Optional<String> text(Path file, String shown, At at, long largest, Problems problems) {
        try {
            if (!Files.isRegularFile(file)) {
                String what = Files.isDirectory(file) ? "is a folder" : "is not there";
                problems.add(Code.FILE_MISSING, at, Problems.quote(shown) + " " + what, "check the path");
            } else if (Files.size(file) > Math.min(largest, LARGEST_TABLE)) {
                problems.add(
                        Code.TOO_LARGE,
                        at,
                        Problems.quote(shown) + " has " + Files.size(file) + " bytes, at most " + largest + " are read",
                        "");
            } else {
                return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
            }
        } catch (CharacterCodingException e) {
            problems.add(Code.UNREADABLE, at, Problems.quote(shown) + " is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            problems.add(
                    Code.UNREADABLE,
                    at,
                    Problems.quote(shown) + " cannot be read: " + e.getClass().getSimpleName(),
                    "");
        }
        return Optional.empty();
    }
}
