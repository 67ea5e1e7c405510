package io.bascule.core.run;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.run.RunEvent.Held.Cause;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a change by someone else from every state that is ours. */
final class Drift {
    private final Tick tick;

    Drift(Tick tick) {
        this.tick = tick;
    }

    /** Looks through the states just seen; the first foreign one holds the run. */
    void find(RunEvent.Judged judged) {
        for (var each : judged.images().entrySet()) {
            Resource resource = Resource.parse(each.getKey());
            ResourceState known = tick.state().resource(resource).orElseThrow();
            if (!followsItsFence(resource, each.getValue(), judged)
                    && isForeign(
                            resource,
                            each.getValue(),
                            known.expected(),
                            tick.state().direction())) {
                hold(resource, each.getValue());
                return;
            }
        }
    }

    /** Nobody's doing: a capture whose log was cut off, a slot that ran out. The way back takes it up. */
    private static boolean isLost(Resource resource, Image found) {
        return resource.kind() == Resource.Kind.REVERSE && found.get("reverse").equals("lost");
    }

    /**
     * Whether a copy is what the source's fence, seen after it in the same look, has made of it: it is done only by us,
     * and lasts as long as that fence, which may end ahead of our clock or behind it.
     */
    private static boolean followsItsFence(Resource resource, Image found, RunEvent.Judged judged) {
        if (resource.kind() != Resource.Kind.COPY) {
            return false;
        }
        String fence = Resource.fence(resource.name(), Side.SOURCE).toString();
        boolean open =
                judged.images().getOrDefault(fence, Image.NONE).get("fence").equals("open");
        return found.get("copy").equals("done") || open;
    }

    boolean isForeign(Resource resource, Image found, Image wanted, Direction direction) {
        RunState state = tick.state();
        if (isLost(resource, found) || (direction == Direction.BACK && state.force)) {
            return false;
        }
        Optional<ResourceState> known = state.resource(resource);
        if (known.isEmpty()) {
            return isForeignFromTheStart(resource, found);
        }
        boolean expected = found.sameState(known.get().expected()) || found.sameState(wanted);
        return !expected
                && ours(resource, known.get()).noneMatch(found::sameState)
                && doubts(resource).noneMatch(intent -> mayHaveMade(intent, found));
    }

    /**
     * Whether a resource that the run has not touched yet is not as the survey saw it. Not even a state that happens to
     * be the one wanted may then be taken as ours: nobody would know what to restore.
     */
    boolean isForeignFromTheStart(Resource resource, Image found) {
        Image surveyed = tick.state().surveyed.get(resource.toString());
        boolean untouched = tick.state().resource(resource).isEmpty();
        return untouched && surveyed != null && !surveyed.sameState(found);
    }

    /** Every other state this run may have left the resource in, or may still bring about. */
    private Stream<Image> ours(Resource resource, ResourceState known) {
        RunState state = tick.state();
        Stream<Image> late = state.mayHaveMade.getOrDefault(resource, Set.of()).stream();
        Stream<Image> fallback = known.leased() ? Stream.of(known.fallback()) : Stream.empty();
        Stream<Image> back = state.direction() == Direction.BACK ? Stream.of(known.pre()) : Stream.empty();
        return Stream.of(late, fallback, back).flatMap(images -> images);
    }

    /** What was asked for and may be done, not done, or, where it takes several requests, done in part. */
    private Stream<RunEvent.IntentRecorded> doubts(Resource resource) {
        return Stream.concat(tick.state().forward.values().stream(), tick.state().back.values().stream())
                .flatMap(act -> act.intent().stream())
                .filter(intent -> intent.resource().equals(resource.toString()) && maybeUnderWay(intent));
    }

    private static boolean mayHaveMade(RunEvent.IntentRecorded intent, Image found) {
        return intent.inParts()
                ? found.isBetween(intent.pre(), intent.post())
                : found.sameState(intent.pre()) || found.sameState(intent.post());
    }

    private boolean maybeUnderWay(RunEvent.IntentRecorded intent) {
        ActState act = tick.state().state(intent.act(), intent.direction());
        boolean latest =
                act.intent().map(last -> last.attempt() == intent.attempt()).orElse(false);
        boolean undecided = latest && act.stage() != ActState.Stage.DONE;
        return undecided || tick.now().isBefore(intent.notAfter().plus(Pace.LATE));
    }

    /** Journals the three-way difference and holds. */
    void hold(Resource resource, Image found) {
        Optional<ResourceState> known = tick.state().resource(resource);
        Image surveyed = tick.state().surveyed.getOrDefault(resource.toString(), Image.NONE);
        Image expected = known.map(ResourceState::expected).orElse(surveyed);
        Image recorded = known.map(ResourceState::pre).orElse(surveyed);
        String why = "someone else changed " + resource + ": recorded " + recorded.brief() + ", expected "
                + expected.brief() + ", found " + found.brief();
        tick.append(new RunEvent.DriftFound(resource.toString(), recorded, expected, found, why));
        tick.hold(Cause.DRIFT, why);
    }
}
