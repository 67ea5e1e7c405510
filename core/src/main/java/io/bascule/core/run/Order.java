package io.bascule.core.run;

/** What a person tells a run. */
public sealed interface Order {

    /** The verb on the command line. */
    default String verb() {
        return switch (this) {
            case Approve _ -> "approve";
            case Reject _ -> "reject";
            case Hold _ -> "hold";
            case Resume _ -> "resume";
            case Retry _ -> "retry";
            case Skip _ -> "skip";
            case Abort _ -> "abort";
            case Rollback _ -> "rollback";
            case Ack _ -> "ack";
            case Note _ -> "note";
        };
    }

    /** Whether it may still be said of a run that is over: it changes nothing but what is known of it. */
    default boolean mayFollowTheEnd() {
        return this instanceof Ack || this instanceof Note;
    }

    /** Approves the gate that waits, or the one named ({@code go}, {@code commit}); empty text: whichever waits. */
    record Approve(String gate) implements Order {}

    record Reject(String gate) implements Order {}

    /** No step, stage or gate goes on until {@code resume}; judging and automatic roll-back do. */
    record Hold() implements Order {}

    /** Goes on after a hold. {@code adopt} takes a foreign state as ours. */
    record Resume(boolean adopt) implements Order {}

    /** Tries what failed again. */
    record Retry() implements Order {}

    /** Leaves a step out, by its id. Refused for everything the safety rests on. */
    record Skip(String step) implements Order {}

    /** Ends the run: unchanged, by rolling back, or, past the point of no return, by holding. */
    record Abort() implements Order {}

    /**
     * Goes back.
     *
     * @param force restores recorded pre-images also over foreign changes
     * @param acceptLoss gives up writes that cannot be carried home; the command line asked for a typed phrase
     */
    record Rollback(boolean force, boolean acceptLoss) implements Order {}

    /** Acknowledges an incident or a finished roll-back. */
    record Ack() implements Order {}

    record Note(String text) implements Order {}
}
