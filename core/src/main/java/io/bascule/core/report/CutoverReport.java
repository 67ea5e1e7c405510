package io.bascule.core.report;

import io.bascule.core.port.Image;
import io.bascule.core.run.Direction;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A run as evidence: what was decided, done, measured and restored, each with its time. Everything in it was journaled;
 * what was not measured is empty, never 0.
 *
 * @param evidence where the figures were won: {@code SIMULATED}, {@code STAGING} or {@code THIS_PLATFORM}
 * @param status empty while the run goes on
 * @param steps of the plan, with planned and actual times
 * @param stretches soaks in order: what users saw can be added up over them
 * @param pauses times in which entrances kept writes back
 * @param usersBack from the decision to roll back to the last weight restored
 * @param dataHome from the decision to roll back to the source's database taking writes again
 */
public record CutoverReport(
        String run,
        String plan,
        String planHash,
        String title,
        String evidence,
        Instant begun,
        Optional<Instant> ended,
        Optional<RunStatus> status,
        String reason,
        List<StepTime> steps,
        List<Stretch> stretches,
        List<Pause> pauses,
        List<Decided> decisions,
        List<Found> findings,
        List<Changed> changes,
        Optional<Duration> usersBack,
        Optional<Duration> dataHome,
        Optional<Duration> rollback,
        List<String> exceptions,
        List<String> residue) {

    /** One step: when its first and last act changed, and how long it was planned. */
    public record StepTime(
            String step, String phase, Duration planned, Optional<Duration> actual, Optional<Instant> from) {}

    /** One soak: the target's weight in it, how many windows were judged, and how they went. */
    public record Stretch(
            String act, String intended, Instant from, Instant to, long windows, long failed, Optional<Double> share) {}

    /** An entrance kept writes back. */
    public record Pause(String entrance, Direction direction, Instant from, Instant to) {
        public Duration lasted() {
            return Duration.between(from, to);
        }
    }

    /** A person's order, or a decision of the system. */
    public record Decided(Instant at, String who, String what, String reason) {}

    /** A measurement that passed or failed. */
    public record Found(Instant at, String act, String verdict, SortedMap<String, String> facts, String reason) {}

    /** A resource: before the run, and as last read. */
    public record Changed(String resource, Image before, Image after, boolean restored) {}

    /** A look of a soak, for charts. */
    public static boolean isJudged(RunEvent event) {
        return event instanceof RunEvent.Judged judged && !judged.act().isEmpty();
    }
}
