package io.bascule.core.run;

import java.time.Duration;
import java.time.Instant;

/** How often things are tried, and for how long. */
final class Pace {
    /** A forward act that was refused is tried so often in a row before it has failed. */
    static final int FORWARD_TRIES = 5;
    /** The way back keeps trying for so long. */
    static final Duration ROLLBACK_BUDGET = Duration.ofMinutes(15);
    /** A measurement that an alteration needs is asked again when it is older. */
    static final Duration FRESH = Duration.ofSeconds(10);
    /** How long an unhealthy source is asked again before people are asked. */
    static final Duration SOURCE_PATIENCE = Duration.ofSeconds(3);
    /** Freezes in one direction before a person must look. */
    static final int FREEZES = 3;
    /** After {@code notAfter}, a request under way may still need so long to take effect. */
    static final Duration LATE = Duration.ofSeconds(1);
    /** The longest a request stays valid. */
    static final Duration VALID = Duration.ofSeconds(6);
    /** What must be left of a freeze to lease anything more. */
    static final Duration LEAST_TO_LEASE = Duration.ofSeconds(2);

    /** A question that nobody answered is asked for so long, whatever its own patience with a no. */
    private static final Duration UNANSWERED = Duration.ofSeconds(5);
    /** The same before anything waits: everything that a plan touches is read, and one call of many may be lost. */
    private static final Duration UNREAD = Duration.ofSeconds(30);

    static final Duration POLL = Duration.ofMillis(100);

    private Pace() {}

    /** What must be left of a freeze to begin an act of it: to end its lease for good, the act's whole time-out. */
    static Duration leastOfFreeze(Act.Alter act) {
        return act.closes() ? act.timeOut() : LEAST_TO_LEASE;
    }

    /** When a refused act may be tried again: 100 ms, doubled up to 5 s. */
    static Instant retryAt(ActState act) {
        int doublings = Math.min(act.failures() - 1, 6);
        return act.at().plusMillis(Math.min(5000, 100L << Math.max(0, doublings)));
    }

    /** How long a question is asked that has not passed: work is not done twice for want of an answer. */
    static Duration patience(Act.Ask ask, ActState known) {
        return switch (ask.question()) {
            case Question.BaselineOver baseline -> baseline.lasts().plus(ask.timeOut());
            case Question.OldTtlOver _ -> Ttls.LONGEST;
            case Question.UnderLoad _, Question.AnswersAlike _, Question.RestoredBackup _ -> ask.patience();
            case Question.Survey _, Question.TakeClaims _ -> known.again() ? UNREAD : ask.patience();
            default -> known.again() ? longer(ask.patience(), UNANSWERED) : ask.patience();
        };
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** When a measurement that has not passed yet is asked again. */
    static Instant askAgainAt(Question question, ActState act, Duration interval) {
        return switch (question) {
            case Question.BaselineOver baseline ->
                later(act.since().plus(baseline.lasts()), act.at().plus(POLL));
            case Question.Survey _, Question.TakeClaims _ ->
                act.at().plus(POLL.multipliedBy(Math.min(10, act.failures())));
            case Question.Quiet _ -> act.at().plus(interval.dividedBy(2));
            default -> act.at().plus(act.failures() > 20 ? POLL.multipliedBy(10) : POLL);
        };
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
