package io.bascule.core.run;

import java.time.Instant;

/** What {@link Decide} wants done next; exactly one. */
public sealed interface Command {

    /** Observe, journal the intent, call, journal the outcome, read back. */
    record Perform(Act act, Direction direction) implements Command {}

    /** An intent is in doubt: only observe. */
    record Settle(Act.Alter act, Direction direction) implements Command {}

    /** Take one look: samples for the soak, and the states of everything changed. Empty text: only watch. */
    record Measure(String soak) implements Command {}

    /** A change of state without a call. */
    @SuppressWarnings("AvoidCommonTypeNames") // the word the whole project uses for it
    record Record(RunEvent event) implements Command {}

    record AskApproval(String gate) implements Command {}

    record WaitUntil(Instant at) implements Command {}

    record Finish() implements Command {}
}
