package io.bascule.app.demo;

import io.bascule.app.report.Figures;
import io.bascule.app.report.UserFigures;
import io.bascule.app.term.Paint;
import io.bascule.core.report.CutoverReport;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** What a demo came to, in a terminal: the state, the figures, and how long what took. */
final class Summary {
    private final Paint paint;

    Summary(Paint paint) {
        this.paint = paint;
    }

    void print(PrintStream out, CutoverReport report, UserFigures users) {
        out.println();
        out.println(paint.bold(report.status().map(Enum::name).orElse("not over")) + ": " + report.reason());
        for (Figures.Line line : Figures.of(report, Optional.of(users))) {
            out.printf(Locale.ROOT, "  %-44s %16s  %s%n", line.name(), line.value(), paint.dim(line.from()));
        }
    }
}
