package io.bascule.app.report;

import io.bascule.core.report.CutoverReport;
import java.util.List;
import java.util.Optional;

/** A report's key figures as lines of text. */
public final class Figures {
    private Figures() {}

    /** @param from how it was measured */
    public record Line(String name, String value, String from) {}

    public static List<Line> of(CutoverReport report, Optional<UserFigures> users) {
        return KeyFigures.of(report, users).figures().stream()
                .map(figure -> new Line(figure.name(), figure.value(), figure.from()))
                .toList();
    }
}
