package io.bascule.engine;

import io.bascule.core.port.Message;
import io.bascule.core.run.RunId;
import java.time.Instant;

/**
 * A message on its way through one channel.
 *
 * @param seq the entry that caused it
 * @param tries attempts begun so far
 * @param error what the last attempt said; empty when none failed
 */
public record Letter(
        RunId run, long seq, String channel, Message message, State state, Instant nextAt, int tries, String error) {

    public enum State {
        /** To be sent at {@link Letter#nextAt}, for the first time or again. */
        PENDING,
        /** Accepted by the channel. */
        SENT,
        /** Given up; {@link JdbcStore#resend} tries again. */
        DEAD
    }

    /** This letter after an attempt. */
    Letter after(State newState, Instant next, int triesNow, String why) {
        return new Letter(run, seq, channel, message, newState, next, triesNow, why);
    }
}
