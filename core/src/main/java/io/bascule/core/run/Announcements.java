package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people are told of an event. Pure: the messages go to the outbox with the event that caused them. */
final class Announcements {
    private Announcements() {}

    static List<Message> of(CutoverPlan plan, RunId run, Entry entry) {
        Optional<String> subject = subject(entry.event());
        if (subject.isEmpty()) {
            return List.of();
        }
        List<Message> messages = new ArrayList<>();
        plan.tell()
                .audiences()
                .forEach((audience, people) -> people.forEach(person -> messages.add(new Message(
                        run + "/" + entry.seq() + "/" + audience + "/" + person,
                        audience,
                        person,
                        plan.title() + ": " + subject.get(),
                        entry.event().reason() + "\n\nRun " + run + ", entry " + entry.seq() + ", " + entry.at() + ".",
                        "you are of the audience " + audience))));
        return messages;
    }

    private static Optional<String> subject(RunEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case RunEvent.RunStarted _ -> "the cutover has begun";
                    case RunEvent.GateAsked e -> "a decision is needed: " + e.gate();
                    case RunEvent.GatePassed e -> e.gate() + " was approved";
                    case RunEvent.GateVoided e -> e.gate() + " must be decided again";
                    case RunEvent.Held _ -> "the cutover is holding";
                    case RunEvent.DriftFound e -> "someone else changed " + e.resource();
                    case RunEvent.RollbackBegun _ -> "rolling back";
                    case RunEvent.WayBackChanged e when e.wayBack() != WayBack.OPEN -> "the way back is " + e.wayBack();
                    case RunEvent.SoakPassed e -> e.act() + " passed";
                    case RunEvent.SteppedBack e -> "one stage back, to " + e.to();
                    case RunEvent.Ended e -> "ended: " + e.status();
                    default -> null;
                });
    }
}
