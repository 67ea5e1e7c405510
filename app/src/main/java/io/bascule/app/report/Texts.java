package io.bascule.app.report;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Figures as people read them, always with their unit; what was not measured says so. */
final class Texts {
    private static final String NOT_MEASURED = "not measured";

    private Texts() {}

    static String millis(Optional<Number> millis) {
        return millis.map(number -> decimal(number.doubleValue()) + " ms").orElse(NOT_MEASURED);
    }

    static String count(Optional<Number> count) {
        return count.map(number -> String.format(Locale.ROOT, "%,d", number.longValue()))
                .orElse(NOT_MEASURED);
    }

    static String duration(Optional<Duration> duration) {
        return duration.map(Texts::seconds).orElse(NOT_MEASURED);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.1f", value);
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", fraction * 100);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
