package io.bascule.data.sqlite;

import io.bascule.core.port.Image;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The state of a database's fence, as it has effect now by that database's clock: a lease that has passed is open, and
 * so is a fence with a hole in it.
 *
 * @param until the lease's deadline in milliseconds since 1970; 0 otherwise
 * @param token of the change that made this state
 * @param epoch counts the times that a database was fenced while it was open: what was true under one epoch is true
 *     until the next
 * @param hole why a fence that should be in effect is not
 */
record Fence(State state, long until, String token, long epoch, long now, Optional<String> hole) {
    /** What an application's write is refused with. */
    static final String REFUSAL = "bascule: fenced";

    /** Milliseconds since 1970 by the database's clock, in words that every version of SQLite knows. */
    static final String NOW = "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)";

    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    enum State {
        OPEN("open"),
        LEASED("leased"),
        CLOSED("closed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<State> of(String word) {
            for (State state : values()) {
                if (state.word.equals(word)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }

    private record Row(String state, long until, String token, long epoch, long pass, long now) {}

    static Fence read(Db db, String schema) throws SQLException {
        if (!Controls.has(db, schema, "bascule_fence")) {
            return new Fence(State.OPEN, 0, "", 0, db.number("SELECT " + NOW), Optional.empty());
        }
        Optional<Row> found = db
                .list(
                        "SELECT state, until_ms, token, epoch, pass, " + NOW + " FROM " + schema
                                + ".bascule_fence WHERE id = 1",
                        rows -> new Row(
                                rows.getString(1),
                                rows.getLong(2),
                                rows.getString(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6)))
                .stream()
                .findFirst();
        Row row = found.orElse(new Row("closed", 0, "", 0, 0, 0));
        State state = State.of(row.state()).orElse(State.CLOSED);
        if (state == State.LEASED && row.until() <= row.now()) {
            state = State.OPEN;
        }
        Optional<String> hole = state == State.OPEN ? Optional.empty() : hole(db, schema, row.pass());
        if (hole.isPresent()) {
            state = State.OPEN;
        }
        return new Fence(state, state == State.LEASED ? row.until() : 0, row.token(), row.epoch(), row.now(), hole);
    }

    private static Optional<String> hole(Db db, String schema, long pass) throws SQLException {
        return pass != 0 ? Optional.of("someone keeps the carrier's pass") : FenceTriggers.missing(db, schema);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    Image image() {
        Image image = state == State.LEASED
                ? Image.of("fence", state.word(), "until", UNTIL.format(Instant.ofEpochMilli(until)))
                : Image.of("fence", state.word());
        Image told = image.withContext("epoch", String.valueOf(epoch)).withContext("token", token);
        return hole.isPresent() ? told.withContext("hole", hole.get()) : told;
    }
}
