package io.bascule.core.run;

import io.bascule.core.port.Image;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Something that happened in a run. The journal is a list of these; every status ever shown is a fold over it.
 * Resources are written as their text form, acts by their id in the {@link Program}. {@code reason} is the sentence
 * people read.
 */
public sealed interface RunEvent {
    String reason();

    record RunStarted(String plan, String planHash, String by, String principal, String evidence, String reason)
            implements RunEvent {}

    /** A person's order that takes effect. @see Orders */
    record OrderAccepted(long id, Order order, String who, String principal, boolean verified, String reason)
            implements RunEvent {}

    /** A person's order that changes nothing, and why. */
    record OrderRefused(long id, Order order, String who, String principal, String reason) implements RunEvent {}

    /** Everything the plan touches was read, and every permission asked. Keys are resources. */
    record Surveyed(String act, SortedMap<String, Image> images, SortedMap<String, String> authorities, String reason)
            implements RunEvent {}

    /** Written before a call. */
    record IntentRecorded(
            String act,
            Direction direction,
            int attempt,
            String resource,
            Image pre,
            Image post,
            String token,
            Instant notAfter,
            boolean refusesLate,
            boolean inParts,
            Optional<Instant> leaseUntil,
            String reason)
            implements RunEvent {}

    /** What the call answered. */
    record OutcomeRecorded(String act, Direction direction, int attempt, Answer answer, boolean again, String reason)
            implements RunEvent {
        public enum Answer {
            DONE,
            REFUSED,
            UNKNOWN
        }
    }

    /** The state read back equals the one wanted. {@code adopted}: it already did before anything was sent. */
    record StepVerified(
            String act,
            Direction direction,
            int attempt,
            String resource,
            Image observed,
            boolean adopted,
            String reason)
            implements RunEvent {}

    /** An act did not come about. {@code again}: it may be tried again. */
    record StepFailed(String act, Direction direction, int attempt, boolean again, String reason) implements RunEvent {}

    /** Someone else changed what is ours: recorded before the run, expected now, found. */
    record DriftFound(String resource, Image recorded, Image expected, Image found, String reason)
            implements RunEvent {}

    /** A measurement's finding; {@code verdict} is one of the five words. */
    record Measured(String act, Direction direction, String verdict, SortedMap<String, String> facts, String reason)
            implements RunEvent {}

    record SoakBegun(String act, String reason) implements RunEvent {}

    /**
     * One look: the samples of one window, the shares and states seen, and the verdict. Outside soaks {@code act} is
     * empty and the look only watches.
     *
     * @param values by {@code metric@side}; absent values are left out
     * @param targetShares observed share of the target by entrance
     * @param requests completed by side's word: since the last look of the soak, or, outside soaks, in the window
     * @param images states of the resources the run has changed
     */
    record Judged(
            String act,
            Instant from,
            Instant to,
            String verdict,
            SortedMap<String, Double> values,
            SortedMap<String, Double> targetShares,
            SortedMap<String, Long> requests,
            SortedMap<String, Image> images,
            SortedMap<String, String> facts,
            String reason)
            implements RunEvent {}

    record SoakPassed(String act, String reason) implements RunEvent {}

    /** A soak was given up, and the stage before it begins again: its weights are set and watched once more. */
    record SteppedBack(String from, String to, String reason) implements RunEvent {}

    record GateAsked(String gate, String reason) implements RunEvent {}

    record GatePassed(String gate, String reason) implements RunEvent {}

    /** What was approved is no longer what is there; the gate asks again. */
    record GateVoided(String gate, String reason) implements RunEvent {}

    /** The run needs a person. */
    record Held(Cause cause, String reason) implements RunEvent {
        public enum Cause {
            ORDER,
            DRIFT,
            FAILURE,
            NO_DATA,
            WAY_BACK_CLOSED,
            SOURCE_UNHEALTHY,
            TURNAROUND,
            REJECTED,
            /** An entrance is claimed by another run, or by nobody any more. */
            CLAIM,
            DEFECT
        }
    }

    /** What caused a hold has passed by itself. */
    record HoldLifted(String reason) implements RunEvent {}

    record WayBackChanged(WayBack wayBack, String reason) implements RunEvent {}

    /** The freeze's deadline passed before RELEASE's first act: what was leased has fallen back by itself. */
    record LeaseExpired(Direction direction, String reason) implements RunEvent {}

    record RollbackBegun(String by, String reason) implements RunEvent {}

    record RouteChosen(Route route, String reason) implements RunEvent {}

    /** A step that was left out, or failed without consequence, and is named in the end. */
    record StepExcepted(String step, String reason) implements RunEvent {}

    record Ended(RunStatus status, List<String> residue, String reason) implements RunEvent {}
}
