package io.bascule.planfile.table;

import io.bascule.planfile.keys.Context;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/** Local times to instants. A time that does not exist in its zone, or exists twice, is refused with both readings. */
final class LocalTimes {
    private LocalTimes() {}

    static Optional<Instant> instant(LocalDateTime local, ZoneId zone, At at, Context context) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return Optional.of(local.toInstant(offsets.getFirst()));
        }
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        String before = reading(local, change.getOffsetBefore(), zone);
        String after = reading(local, change.getOffsetAfter(), zone);
        if (offsets.isEmpty()) {
            context.problem(
                    Code.TIME_GAP,
                    at,
                    local + " does not exist in " + zone + ": clocks go from "
                            + change.getDateTimeBefore().toLocalTime()
                            + " to " + change.getDateTimeAfter().toLocalTime() + "; it could be read as " + before
                            + " or as " + after,
                    "write the one that is meant");
        } else {
            context.problem(
                    Code.TIME_OVERLAP,
                    at,
                    local + " happens twice in " + zone + ": " + before + " and " + after,
                    "write it with its offset: " + local.atOffset(change.getOffsetBefore()) + " or "
                            + local.atOffset(change.getOffsetAfter()));
        }
        return Optional.empty();
    }

    private static String reading(LocalDateTime local, ZoneOffset offset, ZoneId zone) {
        Instant instant = local.toInstant(offset);
        return OffsetDateTime.ofInstant(instant, zone) + " (" + instant + ")";
    }
}
