package io.bascule.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far one act is, in one direction.
 *
 * @param attempts intents so far, over the whole run
 * @param failures in a row, since the act was last fresh
 * @param intent the last attempt's
 * @param since when it was first tried since it was last fresh
 * @param at when it last changed
 * @param again whether a failure may be tried again; of a question, whether it was not answered with a clear no
 * @param facts of the last measurement
 */
record ActState(
        Stage stage,
        int attempts,
        int failures,
        Optional<RunEvent.IntentRecorded> intent,
        Instant since,
        Instant at,
        boolean again,
        String reason,
        SortedMap<String, String> facts) {

    enum Stage {
        FRESH,
        /** Journaled; the call may have been made. */
        INTENDED,
        /** The call was answered with done; not yet read back. */
        CALLED,
        /** The call may or may not have worked. */
        DOUBTFUL,
        FAILED,
        DONE,
        /** Left out by a person, or failed without consequence. */
        EXCEPTED
    }

    static final ActState FRESH =
            new ActState(Stage.FRESH, 0, 0, Optional.empty(), Instant.EPOCH, Instant.EPOCH, true, "", new TreeMap<>());

    boolean inDoubt() {
        return stage == Stage.INTENDED || stage == Stage.CALLED || stage == Stage.DOUBTFUL;
    }

    boolean over() {
        return stage == Stage.DONE || stage == Stage.EXCEPTED;
    }

    /** Whether a question was still asked when that much time had passed: one whose asker was away meanwhile is asked anew. */
    boolean askedFor(Duration patience) {
        return !at.isBefore(since.plus(patience));
    }

    ActState moved(Stage to, Instant at, String reason) {
        return new ActState(to, attempts, failures, intent, first(at), at, again, reason, facts);
    }

    ActState intended(RunEvent.IntentRecorded now, Instant at) {
        return new ActState(
                Stage.INTENDED, now.attempt(), failures, Optional.of(now), first(at), at, true, now.reason(), facts);
    }

    ActState failed(boolean again, Instant at, String reason) {
        return new ActState(Stage.FAILED, attempts, failures + 1, intent, first(at), at, again, reason, facts);
    }

    /** @param no whether the answer was a clear no rather than none */
    ActState found(boolean passed, boolean no, SortedMap<String, String> facts, Instant at, String reason) {
        return passed
                ? new ActState(Stage.DONE, attempts, 0, intent, first(at), at, true, reason, facts)
                : new ActState(
                        Stage.FAILED,
                        attempts,
                        failures + 1,
                        intent,
                        stage == Stage.DONE ? at : first(at),
                        at,
                        !no,
                        reason,
                        facts);
    }

    /** As before the first try, but for the count of attempts: tokens are never used twice. */
    ActState fresh() {
        return new ActState(
                Stage.FRESH, attempts, 0, Optional.empty(), Instant.EPOCH, Instant.EPOCH, true, "", new TreeMap<>());
    }

    private Instant first(Instant at) {
        return since.equals(Instant.EPOCH) ? at : since;
    }
}
