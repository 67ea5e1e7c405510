package io.bascule.aws.data;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A replication task of DMS as it was read. What AWS did not tell is absent, never 0.
 *
 * @param at of when this is told: now, or of a stopped task when it stopped
 * @param figures highest value of each minute, newest first
 */
record Replication(Instant at, State state, Load load, Map<Figure, List<Point>> figures, List<Table> tables) {
    Replication {
        figures = Map.copyOf(figures);
        tables = List.copyOf(tables);
    }

    /**
     * @param status DMS's word
     * @param stopReason DMS's words; empty when it tells none
     * @param kind {@code cdc}, {@code full-load} or {@code full-load-and-cdc}
     * @param checkpoint the position up to which changes were carried; empty when it tells none
     */
    record State(
            String status,
            String stopReason,
            String failure,
            String kind,
            String checkpoint,
            Optional<Instant> stopped) {}

    /** The copying before changes follow; numbers of tables. */
    record Load(
            OptionalLong percent,
            OptionalLong loaded,
            OptionalLong loading,
            OptionalLong queued,
            OptionalLong errored) {}

    /** @param minute when the minute began that this is the highest value of */
    record Point(Instant minute, double value) {
        static final Comparator<Point> NEWEST_FIRST =
                Comparator.comparing(Point::minute).reversed();
    }

    /** @param validation DMS's word; pending, failed and suspended are numbers of rows */
    record Table(
            String name,
            String state,
            String validation,
            OptionalLong pending,
            OptionalLong failed,
            OptionalLong suspended) {}

    /** The minutes of a figure that had begun by then, newest first. */
    List<Point> points(Figure figure) {
        return figures.getOrDefault(figure, List.of()).stream()
                .filter(point -> !point.minute().isAfter(at))
                .sorted(Point.NEWEST_FIRST)
                .toList();
    }
}
