package io.bascule.planfile.table;

import io.bascule.core.plan.Window;
import io.bascule.core.plan.Window.AtTurnaround;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code window}: when the cutover may run. */
final class WindowTable {
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})?";

    /** A time as it was written: at start (empty), local, or with its offset. */
    private record Time(Optional<LocalDateTime> local, Optional<Instant> fixed) {
        static final Time AT_START = new Time(Optional.empty(), Optional.empty());
    }

    private static final Key<Time> OPENS = Key.of(
                    "opens",
                    time("^(at start|" + TIME + ")$", "'at start' or a time", "2026-11-28T22:00"),
                    "When the window opens: 'at start' of the run, or a time, local to the zone or with its own offset.")
            .orElse("at start");
    private static final Key<Duration> LASTS =
            Key.of("lasts", Types.DURATION, "How long the window is open; in place of 'closes'.");
    private static final Key<Time> CLOSES = Key.of(
            "closes",
            time("^" + TIME + "$", "a time", "2026-11-29T04:00"),
            "When the window closes; in place of 'lasts'.");
    private static final Key<ZoneId> ZONE = Key.of(
            "zone",
            ScalarType.text(
                    Code.ZONE,
                    "an IANA time zone",
                    "Europe/Berlin",
                    "^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$",
                    WindowTable::zone,
                    ZoneId::getId,
                    ZoneId.of("UTC")),
            "The IANA zone of local times in the window.");
    private static final Key<Duration> MARGIN = Key.of(
                    "margin", Types.DURATION, "Kept free at the window's end beside the time that a roll-back needs.")
            .orElse("15m");
    private static final Key<AtTurnaround> AT_TURNAROUND = Key.of(
                    "at-turnaround",
                    Types.words(
                            Map.of("hold", AtTurnaround.HOLD, "roll back", AtTurnaround.ROLL_BACK), AtTurnaround.HOLD),
                    "What happens when only the time for a roll-back is left.")
            .orElse("hold");

    static final Section TABLE = Section.of("the window", OPENS, LASTS, CLOSES, ZONE, MARGIN, AT_TURNAROUND)
            .exactlyOne("lasts", "closes");

    private WindowTable() {}

    static Window window(Values values, Context context) {
        Optional<Instant> opens = instant(values, OPENS, context);
        Duration lasts = values.has(CLOSES) ? untilClosing(values, opens, context) : values.get(LASTS);
        if (values.written(LASTS).isPresent() && lasts.isZero()) {
            context.problem(Code.DURATION, values.at(LASTS), "a window that lasts no time", "");
        }
        return new Window(opens, lasts, values.get(MARGIN), values.get(AT_TURNAROUND));
    }

    private static Duration untilClosing(Values values, Optional<Instant> opens, Context context) {
        Optional<Instant> closes = instant(values, CLOSES, context);
        if (values.get(OPENS).equals(Time.AT_START)) {
            context.problem(
                    Code.NOT_WITH,
                    values.at(CLOSES),
                    "'closes' needs a time at which the window opens",
                    "give 'opens' a time, or write 'lasts' in place of 'closes'");
        }
        if (opens.isEmpty() || closes.isEmpty()) {
            return Duration.ofHours(1);
        }
        Duration lasts = Duration.between(opens.get(), closes.get());
        if (!lasts.isPositive()) {
            context.problem(Code.TIME, values.at(CLOSES), "the window closes before it opens", "");
        }
        return lasts;
    }

    private static Optional<Instant> instant(Values values, Key<Time> key, Context context) {
        Time time = values.get(key);
        if (time.local().isEmpty()) {
            return time.fixed();
        }
        Optional<ZoneId> zone = values.find(ZONE);
        if (zone.isEmpty()) {
            if (!values.has(ZONE)) {
                context.problem(
                        Code.MISSING_KEY,
                        values.at(key),
                        "'" + key.name() + "' is a local time and the zone is missing",
                        "add 'zone: Europe/Berlin', or the offset to the time");
            }
            return Optional.empty();
        }
        return LocalTimes.instant(time.local().get(), zone.get(), values.at(key), context);
    }

    private static ScalarType<Time> time(String pattern, String word, String example) {
        return ScalarType.text(
                Code.TIME, word, example, pattern, text -> parse(text, pattern), Time::toString, Time.AT_START);
    }

    private static Time parse(String text, String pattern) throws WrongText {
        if (!text.matches(pattern)) {
            throw WrongText.whole();
        }
        if (text.equals("at start")) {
            return Time.AT_START;
        }
        try {
            boolean fixed = text.endsWith("Z") || text.substring(11).matches(".*[+-].*");
            return fixed
                    ? new Time(
                            Optional.empty(),
                            Optional.of(OffsetDateTime.parse(text).toInstant()))
                    : new Time(Optional.of(LocalDateTime.parse(text)), Optional.empty());
        } catch (DateTimeException e) {
            throw WrongText.because("there is no such time: '" + text + "'");
        }
    }

    private static ZoneId zone(String text) throws WrongText {
        Set<String> known = ZoneId.getAvailableZoneIds();
        boolean usable = text.equals("UTC") || text.contains("/");
        if (!usable || !known.contains(text)) {
            String nearest = io.bascule.core.rules.Nearest.to(text, known)
                    .map(zone -> "did you mean '" + zone + "'?")
                    .orElse("write it as Europe/Berlin");
            throw WrongText.whole().withHint(nearest);
        }
        return ZoneId.of(text);
    }
}
