package io.bascule.core.run;

import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A measurement: what is asked of the world. None of these changes anything that a user or an undo could see. */
public sealed interface Question {

    /** What is asked, for people: {@code whether writes of invoices at the source are refused}. */
    default String words() {
        return switch (this) {
            case Survey survey ->
                survey.again()
                        ? "whether everything is still as it was approved"
                        : "everything the plan will touch, and every permission";
            case TakeClaims _ -> "for the claim on every entrance";
            case ReleaseClaims _ -> "for nothing more: the claims are given up";
            case Page page -> "whether " + page.path() + " answers " + page.status() + " at " + sides(page.sides());
            case Holds holds ->
                "whether all is in order by " + holds.means().adapter() + " "
                        + String.join(", ", holds.means().values().values());
            case RestoredBackup backup ->
                "whether a backup of " + backup.dataset() + " can be restored into " + backup.into();
            case UnderLoad load ->
                "how " + sides(load.sides()) + " bears " + Math.round(load.ratePerSecond()) + " requests a second for "
                        + load.lasts().toSeconds() + " s: " + limits(load.objectives());
            case AnswersAlike alike ->
                "whether both sides answer recorded requests alike, for "
                        + alike.lasts().toSeconds() + " s";
            case Completed completed -> "whether the run " + completed.run() + " was completed";
            case BaselineOver baseline ->
                "what is normal, for " + baseline.lasts().toSeconds() + " s";
            case ObjectivesHeld objectives -> "whether the objectives hold: " + limits(objectives.objectives());
            case WritesDrained drained -> "whether every write let through " + drained.entrance() + " is answered";
            case ParkedDrained drained -> "whether no write is parked at " + drained.entrance() + " any more";
            case Fenced fenced ->
                "whether " + fenced.dataset() + " at the " + fenced.side().word() + " refuses writes";
            case WriterRefused refused ->
                "whether a write by " + refused.writer() + " at the "
                        + refused.side().word() + " is refused";
            case Drained drained -> "whether everything written to " + drained.dataset() + " has arrived";
            case DataEqual equal -> "whether both stores of " + equal.dataset() + " are the same, row by row";
            case Connected connected ->
                "whether the " + connected.side().word() + " says that it uses the "
                        + connected.store().word() + "'s " + connected.dataset();
            case Uses uses ->
                "whether the " + uses.side().word() + " uses the "
                        + uses.store().word() + "'s " + uses.dataset();
            case OldTtlOver old -> "whether no resolver has " + old.entrance() + " with its old time to live";
            case Ready ready -> "whether the " + ready.side().word() + " may be given users of " + ready.entrance();
            case Quiet quiet -> "whether nobody is left on the " + quiet.side().word();
            case CarriedHome carried ->
                "whether every write to " + carried.dataset() + " is home, and both stores are the same";
            case UsersOn users ->
                "whether every entrance is answered by the " + users.side().word();
            case ScriptPasses script -> script.script();
        };
    }

    private static String sides(Set<Side> sides) {
        return sides.size() == 2
                ? "both sides"
                : "the " + sides.iterator().next().word();
    }

    private static String limits(List<Limit> limits) {
        return String.join(", ", limits.stream().map(Limit::text).toList());
    }

    /** Reads everything the plan will touch and asks for every permission. {@code again}: and nothing may differ. */
    record Survey(boolean again) implements Question {}

    /** Takes the claim on every entrance of the plan. */
    record TakeClaims() implements Question {}

    /** Gives the claims up. */
    record ReleaseClaims() implements Question {}

    record Page(Set<Side> sides, String path, int status) implements Question {}

    /** What a platform's means is asked, or carries. */
    record Holds(Settings means) implements Question {}

    record RestoredBackup(String dataset, String into) implements Question {}

    record UnderLoad(Set<Side> sides, double ratePerSecond, Duration lasts, List<Limit> objectives)
            implements Question {}

    /** Both sides answer recorded requests alike. */
    record AnswersAlike(Settings recording, Duration lasts) implements Question {}

    /** The run that this one follows is over, and its users stayed on the target. */
    record Completed(String run) implements Question {}

    /** What the metrics were over the last {@code lasts}, to be remembered as the baseline. */
    record BaselineOver(Duration lasts) implements Question {}

    /** Objectives over everything since the last weight change. */
    record ObjectivesHeld(List<Limit> objectives, boolean againstBaseline) implements Question {}

    /** No write that was let through an entrance is still unanswered. */
    record WritesDrained(String entrance) implements Question {}

    /** No write is parked at an entrance any more. */
    record ParkedDrained(String entrance) implements Question {}

    /** The store of a side refuses a write, and no session may write to it. */
    record Fenced(String dataset, Side side) implements Question {}

    /** A writer's own write is refused. */
    record WriterRefused(String writer, Side side) implements Question {}

    record Drained(String dataset, Side from) implements Question {}

    record DataEqual(String dataset) implements Question {}

    /** The application of a side says that it uses that store. */
    record Connected(Side side, String dataset, Side store) implements Question {}

    /** The application of a side says that it uses that store, healthy or not. */
    record Uses(Side side, String dataset, Side store) implements Question {}

    /**
     * A side may be given users: enough healthy targets at the entrance, its application healthy, and on the store
     * that is (or, {@code frozen}, is about to be) writable.
     */
    record Ready(String entrance, Side side, boolean frozen) implements Question {}

    /** Nobody can have a name with the time to live that it had before it was lowered. */
    record OldTtlOver(String entrance) implements Question {}

    /** No user is left on a side: no request in one whole sampling interval, no connection that may still send one. */
    record Quiet(Side side) implements Question {}

    /** The target's writes are carried home and both stores are equal. */
    record CarriedHome(String dataset) implements Question {}

    /** A request with and one without a session, through every entrance, is answered by that side. */
    record UsersOn(Side side) implements Question {}

    record ScriptPasses(String script) implements Question {}
}
