package io.bascule.engine;

import io.bascule.core.port.Message;
import io.bascule.core.run.RunId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Statements on the outbox. */
final class OutboxTable {
    private static final String KEY =
            " where run=? and seq=? and audience=? and recipient=? and channel=? and message_key=?";

    private final Dialect dialect;

    OutboxTable(Dialect dialect) {
        this.dialect = dialect;
    }

    void insert(
            Connection connection,
            RunId run,
            long seq,
            Instant at,
            Collection<Message> messages,
            Collection<String> channels)
            throws SQLException {
        for (Message message : messages) {
            for (String channel : channels) {
                insert(connection, run, seq, at, message, channel);
            }
        }
    }

    private void insert(Connection connection, RunId run, long seq, Instant at, Message message, String channel)
            throws SQLException {
        Sql.update(
                connection,
                "insert into outbox(run, seq, audience, recipient, channel, message_key, subject, body, why, state,"
                        + " next_at, tries, error) values(?,?,?,?,?,?,?,?,?,'PENDING',?,0,'') on conflict do nothing",
                run.text(),
                seq,
                message.audience(),
                message.recipient(),
                channel,
                message.key(),
                message.subject(),
                message.body(),
                message.why(),
                dialect.time(at));
    }

    List<OutboxCourier.Lane> dueLanes(Connection connection, Instant now) throws SQLException {
        return Sql.query(
                connection,
                "select distinct run, channel from outbox where state='PENDING' and next_at<=?",
                row -> new OutboxCourier.Lane(new RunId(row.getString(1)), row.getString(2)),
                dialect.time(now));
    }

    List<Letter> due(Connection connection, OutboxCourier.Lane lane, Instant now, int atMost) throws SQLException {
        return Sql.query(
                connection,
                "select * from outbox where state='PENDING' and next_at<=? and run=? and channel=?"
                        + " order by next_at, seq limit ?",
                this::letter,
                dialect.time(now),
                lane.run().text(),
                lane.channel(),
                atMost);
    }

    Set<RunId> runsWithLetters(Connection connection) throws SQLException {
        return Set.copyOf(Sql.query(
                connection,
                "select distinct run from outbox where state='PENDING'",
                row -> new RunId(row.getString(1))));
    }

    /** Whether some letter of a run has not come to the end of its first attempt. */
    boolean hasUntried(Connection connection, RunId run) throws SQLException {
        return Sql.first(
                        connection,
                        "select 1 from outbox where run=? and state='PENDING' and error='' limit 1",
                        row -> true,
                        run.text())
                .isPresent();
    }

    List<Letter> in(Connection connection, Letter.State state) throws SQLException {
        return Sql.query(
                connection, "select * from outbox where state=? order by run, seq", this::letter, state.name());
    }

    /** Takes a letter for one attempt until {@code until}. False when another courier was faster. */
    boolean take(Connection connection, Letter letter, Instant until) throws SQLException {
        return change(
                        connection,
                        "tries=tries+1, next_at=?",
                        " and state='PENDING' and tries=?",
                        letter,
                        dialect.time(until),
                        letter.tries())
                == 1;
    }

    /** Notes how the attempt ended that was number {@code letter.tries()}. */
    void settle(Connection connection, Letter letter) throws SQLException {
        Sql.update(
                connection,
                "update outbox set state=?, next_at=?, error=?" + KEY + " and tries=?",
                Stream.concat(
                                Stream.<Object>of(letter.state().name(), dialect.time(letter.nextAt()), letter.error()),
                                Stream.concat(key(letter), Stream.of(letter.tries())))
                        .toArray());
    }

    /** Makes a dead letter pending again, its tries forgotten. */
    boolean resend(Connection connection, Letter letter, Instant now) throws SQLException {
        return change(
                        connection,
                        "state='PENDING', tries=0, next_at=?",
                        " and state='DEAD' and tries=?",
                        letter,
                        dialect.time(now),
                        letter.tries())
                == 1;
    }

    private int change(Connection connection, String set, String where, Letter letter, Object first, Object last)
            throws SQLException {
        return Sql.update(
                connection,
                "update outbox set " + set + KEY + where,
                Stream.concat(Stream.of(first), Stream.concat(key(letter), Stream.of(last)))
                        .toArray());
    }

    private static Stream<Object> key(Letter letter) {
        Message message = letter.message();
        return Stream.of(
                letter.run().text(),
                letter.seq(),
                message.audience(),
                message.recipient(),
                letter.channel(),
                message.key());
    }

    private Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                new RunId(row.getString("run")),
                row.getLong("seq"),
                row.getString("channel"),
                new Message(
                        row.getString("message_key"),
                        row.getString("audience"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("why")),
                Letter.State.valueOf(row.getString("state")),
                dialect.time(row, "next_at"),
                row.getInt("tries"),
                row.getString("error"));
    }
}
