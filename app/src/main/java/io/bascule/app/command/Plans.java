package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.core.json.Json;
import io.bascule.core.plan.Problem;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import io.bascule.planfile.ProblemText;
import io.bascule.planfile.tree.SourceText;
import java.nio.file.Path;
import java.util.List;

/** Reads a plan for a command, and tells what is wrong with it. */
final class Plans {
    private Plans() {}

    /** The plan, or its problems told and an exit with 2. */
    static Decoded.Good need(Common common, Path file, List<Path> overlays) {
        Decoded decoded = PlanFile.read(file, overlays);
        if (decoded instanceof Decoded.Good good) {
            if (!good.warnings().isEmpty() && !common.json()) {
                common.err().println(ProblemText.render(good.warnings(), good.texts()));
            }
            return good;
        }
        tell(common, decoded);
        throw new UserMistake(ExitCode.FAULTY_INPUT, count(decoded.told().size()) + " in " + file);
    }

    /** Every problem: a line of JSON each, or with its snippet for people. */
    static void tell(Common common, Decoded decoded) {
        List<SourceText> texts = switch (decoded) {
            case Decoded.Good good -> good.texts();
            case Decoded.Faulty faulty -> faulty.texts();
        };
        tell(common, decoded.told(), texts);
    }

    /** The same, of any file. */
    static void tell(Common common, List<Problem> problems, List<SourceText> texts) {
        if (common.json()) {
            common.jsonVersion();
            problems.forEach(problem -> common.json(line(problem)));
        } else if (!problems.isEmpty()) {
            common.say(ProblemText.render(problems, texts));
        }
    }

    static Object line(Problem problem) {
        return Json.object(
                "type", "problem",
                "code", problem.code(),
                "file", problem.file(),
                "line", (long) problem.line(),
                "column", (long) problem.column(),
                "message", problem.message(),
                "hint", problem.hint());
    }

    static String count(int problems) {
        return problems == 1 ? "1 problem" : problems + " problems";
    }
}
