package io.bascule.app.report;

import io.bascule.core.report.CutoverReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The few figures that a report begins with, each with where it was won. */
record KeyFigures(List<Figure> figures) {

    /** @param from how it was measured */
    record Figure(String name, String value, String from) {}

    static KeyFigures of(CutoverReport report, Optional<UserFigures> users) {
        List<Figure> figures = new ArrayList<>();
        users.ifPresent(seen -> {
            figures.add(new Figure("requests by users", Texts.count(seen.figure("requests")), "counted by the users"));
            figures.add(new Figure("failed requests", Texts.count(seen.figure("failed")), "counted by the users"));
            figures.add(new Figure(
                    "longest time without an answered read",
                    Texts.millis(seen.figure("longestGapReadsMillis")),
                    "between two answers, seen by the users"));
            figures.add(new Figure(
                    "write pause", Texts.millis(seen.figure("writePauseMillis")), "longest time a write was parked"));
            figures.add(new Figure(
                    "writes acknowledged", Texts.count(seen.figure("writesAcknowledged")), "the users' ledger"));
            figures.add(new Figure("writes lost", Texts.count(seen.figure("writesLost")), "ledger against database"));
            figures.add(
                    new Figure("writes doubled", Texts.count(seen.figure("writesDoubled")), "ledger against database"));
        });
        for (CutoverReport.Pause pause : report.pauses()) {
            figures.add(new Figure(
                    "writes kept back at " + pause.entrance()
                            + (pause.direction() == io.bascule.core.run.Direction.BACK ? ", on the way back" : ""),
                    Texts.seconds(pause.lasted()),
                    "journal, from hold to release read back"));
        }
        compared(report)
                .ifPresent(rows -> figures.add(new Figure("rows compared", rows, "row by row, inside the freeze")));
        report.usersBack()
                .ifPresent(time -> figures.add(new Figure(
                        "users back on the source",
                        Texts.seconds(time),
                        "journal, from the decision to the last weight")));
        report.dataHome()
                .ifPresent(time -> figures.add(new Figure(
                        "data home", Texts.seconds(time), "journal, from the decision to the source taking writes")));
        report.rollback()
                .ifPresent(time ->
                        figures.add(new Figure("roll-back in all", Texts.seconds(time), "journal, decision to end")));
        return new KeyFigures(figures);
    }

    private static Optional<String> compared(CutoverReport report) {
        return report.findings().stream()
                .filter(found -> found.facts().containsKey("rowsCompared"))
                .map(found -> found.facts().get("rowsCompared"))
                .reduce((_, last) -> last);
    }
}
