package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.tree.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The example plan, and edits of it. */
final class Shop {
    static final Path FOLDER = Path.of("..", "examples", "shop");

    private Shop() {}

    static String text() {
        return read(FOLDER.resolve("plan.yaml"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan with each first text replaced by the second after it; each must occur. */
    static String with(String... pairs) {
        String text = text();
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(text).contains(pairs[i]);
            text = text.replace(pairs[i], pairs[i + 1]);
        }
        return text;
    }

    static Decoded decode(String text, String... overlays) {
        List<SourceText> texts = new ArrayList<>(List.of(new SourceText("plan.yaml", text)));
        for (String overlay : overlays) {
            texts.add(new SourceText("overlay-" + texts.size() + ".yaml", overlay));
        }
        return PlanFile.decode(texts, FOLDER);
    }

    static Decoded.Good good(String text, String... overlays) {
        Decoded decoded = decode(text, overlays);
        assertThat(decoded.told().stream().filter(problem -> !problem.code().startsWith("BSC-9")))
                .isEmpty();
        return (Decoded.Good) decoded;
    }

    static List<Problem> problems(String text, String... overlays) {
        return decode(text, overlays).told();
    }

    /** The text from a problem's place on, to the end of its line. */
    static String at(Problem problem, String text) {
        String line = text.lines().skip(problem.line() - 1L).findFirst().orElse("");
        return line.substring(Math.min(line.length(), problem.column() - 1));
    }
}
