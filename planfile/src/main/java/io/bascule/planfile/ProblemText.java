package io.bascule.planfile;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.CodeBook;
import io.bascule.planfile.tree.SourceText;
import java.util.List;
import java.util.Optional;

/**
 * Problems for a terminal: place, code, message, the line with a caret below it, and the hint. Lines that may hold a
 * secret are not shown.
 */
public final class ProblemText {
    private static final int WIDEST = 110;
    private static final int LEAD = 60;

    private ProblemText() {}

    /** All problems, an empty line between them. */
    public static String render(List<Problem> problems, List<SourceText> texts) {
        StringBuilder out = new StringBuilder();
        for (Problem problem : problems) {
            if (!out.isEmpty()) {
                out.append('\n');
            }
            append(out, problem, texts);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Problem problem, List<SourceText> texts) {
        String place =
                problem.line() == 0 ? problem.file() : problem.file() + ":" + problem.line() + ":" + problem.column();
        String severity = CodeBook.isWarning(problem.code()) ? "warning " : "";
        out.append(place).append(": ").append(severity).append(problem.code()).append(": ");
        out.append(problem.message()).append('\n');
        line(problem, texts).ifPresent(line -> snippet(out, problem, line));
        if (!problem.hint().isEmpty()) {
            out.append("    = ").append(problem.hint()).append('\n');
        }
    }

    private static Optional<String> line(Problem problem, List<SourceText> texts) {
        boolean secret =
                problem.code().equals(Code.SECRET.number()) || problem.code().equals(Code.LOOKS_SECRET.number());
        if (problem.line() == 0 || secret) {
            return Optional.empty();
        }
        return texts.stream()
                .filter(text -> text.name().equals(problem.file()))
                .findFirst()
                .flatMap(text -> text.text().lines().skip(problem.line() - 1L).findFirst());
    }

    private static void snippet(StringBuilder out, Problem problem, String line) {
        int[] points = line.codePoints().toArray();
        int caret = Math.clamp(problem.column() - 1, 0, points.length);
        int from = caret < WIDEST - 20 ? 0 : caret - LEAD;
        int to = Math.min(points.length, from + WIDEST);
        String number = Integer.toString(problem.line());
        out.append(" ".repeat(Math.max(0, 5 - number.length()))).append(number).append(" | ");
        StringBuilder below = new StringBuilder("      | ");
        for (int i = from; i < to; i++) {
            out.appendCodePoint(Character.isISOControl(points[i]) ? ' ' : points[i]);
        }
        below.append(" ".repeat(caret - from)).append('^');
        out.append(to < points.length ? "…\n" : "\n").append(below).append('\n');
    }
}
