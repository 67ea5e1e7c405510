package io.bascule.app.command;

import io.bascule.app.UserMistake;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Durations as people type them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 250ms}. */
final class Durations {
    private Durations() {}

    static Duration parse(String text) {
        try {
            if (text.matches("\\d{1,9}ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            if (text.matches("(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?") && !text.isEmpty()) {
                return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new UserMistake("'" + text + "' is no duration; 90s, 10m, 1h30m, 250ms are");
    }
}
