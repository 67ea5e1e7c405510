package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Resource;
import io.bascule.core.run.ActState.Stage;
import io.bascule.core.run.RunEvent.Held.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way back: users first, to a side that is on the writable database; then the data; then the rest. What is undone
 * follows what was observed when it began, and it needs no metric, no message and no report. Pure.
 */
final class Homeward {
    private static final int LEFT_AFTER = 5;
    private static final String CLAIMS = "claims";

    private final CutoverPlan plan;
    private final RunState state;
    private final Instant now;

    Homeward(CutoverPlan plan, RunState state, Instant now) {
        this.plan = plan;
        this.state = state;
        this.now = now;
    }

    Decision next() {
        if (!state.resources.isEmpty() && !state.lookedAt.isAfter(state.rollbackAt)) {
            return new Decision(new Command.Measure(""), "what is there is observed before anything is restored");
        }
        if (state.route.isEmpty()) {
            return chooseRoute();
        }
        List<Act> acts = new Backward(plan, state).acts(state.route.get());
        for (int i = 0; i < acts.size(); i++) {
            ActState known = state.state(acts.get(i).id(), Direction.BACK);
            boolean due =
                    known.over() ? isDueAgain(acts.subList(0, i), acts.get(i), known) : !passedOver(acts.get(i), known);
            if (due) {
                Act act = acts.get(i);
                return lateEffect(acts.subList(0, i), act).orElseGet(() -> go(act, known));
            }
        }
        return state.route.get() == Route.AGAIN ? askPeople() : confirm();
    }

    private Decision chooseRoute() {
        Instant doubt = state.mayLandUntil(Homeward::targetsFence);
        if (now.isBefore(doubt)) {
            return Decide.wait(doubt, "a late opening of the target's database may still land");
        }
        if (state.lookedAt.isBefore(doubt)) {
            return new Decision(new Command.Measure(""), "whether the target's database is open is read once more");
        }
        boolean took = targetTookWrites(plan, state);
        String why = took
                ? "the target's database takes writes: they are carried home"
                : "the target's database holds no write of its own: what was armed is disarmed";
        return Decide.record(new RunEvent.RouteChosen(took ? Route.HOME : Route.DISARM, why));
    }

    /** Whether the target's database holds writes that the source's does not, as far as it is known. */
    static boolean targetTookWrites(CutoverPlan plan, RunState state) {
        boolean open = plan.movedDatasets()
                .anyMatch(dataset -> state.resource(Resource.fence(dataset.name(), Side.TARGET))
                        .map(fence -> fence.observed().get("fence").equals("open"))
                        .orElse(false));
        return open || (state.targetOpened && !state.cameHome);
    }

    private static boolean targetsFence(Resource resource) {
        return resource.kind() == Resource.Kind.FENCE && resource.name().endsWith("@" + Side.TARGET.word());
    }

    private boolean isDueAgain(List<Act> before, Act act, ActState known) {
        return overtaken(before, act, known) || movedAway(act, known);
    }

    /** Users were restored over whatever others do, by a person's word; and others have moved them once more since. */
    private boolean movedAway(Act act, ActState known) {
        return state.force
                && act instanceof Act.Alter alter
                && alter.resource().kind() == Resource.Kind.TRAFFIC
                && !alter.leased()
                && state.resource(alter.resource())
                        .map(now -> now.observedAt().isAfter(known.at())
                                && !now.observed().owned().equals(alter.fields()))
                        .orElse(false);
    }

    /** An application was asked what it uses, and its configuration was set once more since. */
    private boolean overtaken(List<Act> before, Act act, ActState known) {
        boolean asks = act instanceof Act.Ask ask
                && (ask.question() instanceof Question.Uses || ask.question() instanceof Question.Connected);
        return asks
                && before.stream()
                        .filter(earlier -> earlier instanceof Act.Alter alter
                                && alter.resource().kind() == Resource.Kind.CONFIGURATION)
                        .anyMatch(earlier ->
                                state.state(earlier.id(), Direction.BACK).at().isAfter(known.at()));
    }

    private boolean passedOver(Act act, ActState known) {
        boolean failed = known.stage() == Stage.FAILED && known.failures() >= LEFT_AFTER;
        return failed && (isBestEffort(act) || (state.acceptLoss && isOfTarget(act) && !answers(act, known)));
    }

    /** An application whose lease ran out may stay where it is until the source is open: it is not waited for long. */
    private boolean isBestEffort(Act act) {
        return state.route.orElseThrow() == Route.DISARM
                && act instanceof Act.Ask ask
                && ask.question() instanceof Question.Uses;
    }

    /** A target that answers with a clear no is not dead: beside one that may take writes the source is not opened. */
    private static boolean answers(Act act, ActState known) {
        boolean parity = act instanceof Act.Ask ask && ask.question() instanceof Question.CarriedHome;
        return !parity && !known.again();
    }

    /** Where the target's data was given up by a person's word, what its dead database does not answer is left. */
    private static boolean isOfTarget(Act act) {
        return switch (act) {
            case Act.Alter alter ->
                targetsFence(alter.resource())
                        || alter.resource().kind() == Resource.Kind.REVERSE
                        || alter.resource().kind() == Resource.Kind.COPY;
            case Act.Ask ask ->
                ask.question() instanceof Question.Fenced
                        || ask.question() instanceof Question.WriterRefused
                        || ask.question() instanceof Question.CarriedHome;
            case Act.Soak _, Act.Await _ -> false;
        };
    }

    /**
     * Before the data leg starts, before the source takes writes, and before a side that had users changes its
     * database: what was asked for on the way there and never answered must have landed or lapsed, and what did land
     * is put right.
     */
    private Optional<Decision> lateEffect(List<Act> done, Act next) {
        Instant doubt = waitsFor(next);
        boolean watches = next instanceof Act.Ask;
        if (doubt.equals(Instant.EPOCH) || (watches && now.isBefore(doubt))) {
            return Optional.empty();
        }
        if (now.isBefore(doubt)) {
            return Optional.of(Decide.wait(doubt, "a late request may still land before " + next.id()));
        }
        if (state.lookedAt.isBefore(doubt)) {
            return Optional.of(new Decision(new Command.Measure(""), "what may have landed late is read"));
        }
        for (Act act : done.reversed()) {
            if (act instanceof Act.Alter alter && landedOver(alter, done)) {
                return Optional.of(new Decision(
                        new Command.Perform(alter, Direction.BACK), "a late effect is undone: " + act.id()));
            }
        }
        return Optional.empty();
    }

    private Instant waitsFor(Act next) {
        return switch (next) {
            case Act.Alter alter -> waitsFor(alter);
            case Act.Ask ask
            when ask.question() instanceof Question.Quiet ->
                state.mayLandUntil(resource -> resource.kind() == Resource.Kind.TRAFFIC);
            case Act.Ask _, Act.Soak _, Act.Await _ -> Instant.EPOCH;
        };
    }

    private Instant waitsFor(Act.Alter next) {
        boolean freezes = next.leased() && state.freeze.isEmpty();
        boolean opens = next.resource().kind() == Resource.Kind.FENCE
                && "open".equals(next.fields().get("fence"));
        if (freezes || opens) {
            return state.mayLandUntil(_ -> true);
        }
        return next.resource().kind() == Resource.Kind.CONFIGURATION
                ? state.mayLandUntil(resource -> resource.kind() == Resource.Kind.TRAFFIC)
                : Instant.EPOCH;
    }

    /** The last act on this resource is done, may have been overtaken, and is not what was seen since. */
    private boolean landedOver(Act.Alter alter, List<Act> done) {
        boolean last = done.stream()
                .filter(act ->
                        act instanceof Act.Alter other && other.resource().equals(alter.resource()))
                .reduce((_, b) -> b)
                .map(alter::equals)
                .orElse(false);
        ActState known = state.state(alter.id(), Direction.BACK);
        return last
                && known.stage() == Stage.DONE
                && state.mayLand.containsKey(alter.resource())
                && state.resource(alter.resource())
                        .map(r -> !(alter.leased() ? Leases.lasting(r.observed()) : r.observed())
                                .owned()
                                .equals(alter.fields()))
                        .orElse(false);
    }

    private Decision go(Act act, ActState known) {
        if (known.inDoubt() && act instanceof Act.Alter alter) {
            return new Decision(
                    new Command.Settle(alter, Direction.BACK), "the effect of " + act.id() + " is in doubt");
        }
        if (known.stage() != Stage.FAILED) {
            return start(act);
        }
        if (givenUp(act, known)) {
            return giveUp(act, known);
        }
        boolean longWait = act instanceof Act.Ask waiting && Backward.waitsForEver(waiting.question());
        if (longWait && !now.isBefore(state.lookedAt.plus(plan.judgement().every()))) {
            return new Decision(new Command.Measure(""), "while it waits, what was restored is watched");
        }
        Instant again = act instanceof Act.Ask ask
                ? Pace.askAgainAt(ask.question(), known, plan.judgement().every())
                : Pace.retryAt(known);
        return now.isBefore(again) ? Decide.wait(again, known.reason()) : start(act);
    }

    private Decision start(Act act) {
        Optional<Instant> until = state.freeze.map(Freeze::until);
        if (act instanceof Act.Alter alter
                && needsTheFreeze(alter)
                && until.isPresent()
                && now.plus(Pace.leastOfFreeze(alter)).isAfter(until.get())) {
            return Decide.wait(until.get(), "too little of the freeze is left to begin " + act.id());
        }
        if (act instanceof Act.Alter leased && leased.leased() && until.isEmpty() && freezesUsedUp()) {
            return Decide.record(
                    new RunEvent.Held(Cause.FAILURE, "the data could not be brought home within a freeze"));
        }
        return new Decision(new Command.Perform(act, Direction.BACK), "on the way back: " + act.id());
    }

    private static boolean needsTheFreeze(Act.Alter alter) {
        return alter.leased() || alter.id().contains("/close ");
    }

    private boolean freezesUsedUp() {
        return state.backFreezes >= Pace.FREEZES;
    }

    private boolean givenUp(Act act, ActState known) {
        if (act instanceof Act.Ask ask) {
            return !Backward.waitsForEver(ask.question()) && known.askedFor(ask.patience());
        }
        boolean budget = !now.isBefore(state.rollbackAt.plus(Pace.ROLLBACK_BUDGET));
        return budget || (frozenOnTheWayHome() && !known.again() && known.failures() >= Pace.FORWARD_TRIES);
    }

    /** While users' writes wait for the way home, what is refused for good is not tried for long. */
    private boolean frozenOnTheWayHome() {
        return state.route.orElseThrow() == Route.HOME
                && state.freeze.isPresent()
                && state.freeze.get().direction() == Direction.BACK;
    }

    private Decision giveUp(Act act, ActState known) {
        if (frozenOnTheWayHome()) {
            return Decide.record(new RunEvent.RouteChosen(
                    Route.AGAIN, act.id() + " failed: " + known.reason() + "; the target is released again"));
        }
        if (act instanceof Act.Ask ask && ask.question() instanceof Question.Ready) {
            return Decide.record(new RunEvent.Held(Cause.SOURCE_UNHEALTHY, unhealthy(known)));
        }
        if (act instanceof Act.Ask) {
            return Decide.record(new RunEvent.Held(Cause.FAILURE, act.id() + ": " + known.reason()));
        }
        return incomplete(act.id() + ": " + known.reason());
    }

    private String unhealthy(ActState known) {
        String target = state.lastLook.map(RunEvent.Judged::reason).orElse("not looked at");
        return "the source cannot take users: " + known.reason() + "; the target: " + target;
    }

    private Decision askPeople() {
        return Decide.record(new RunEvent.Held(
                Cause.FAILURE, "the data could not come home; the target serves again, with the way back as it was"));
    }

    /** Ends only after a look that is later than every doubt, and that saw every resource as it was recorded. */
    private Decision confirm() {
        Instant doubt = state.mayLandUntil(_ -> true);
        if (now.isBefore(doubt)) {
            return Decide.wait(doubt, "everything is restored; a late request may still land");
        }
        Instant lastChange = state.back.entrySet().stream()
                .filter(act -> !act.getKey().equals("back/claims"))
                .map(act -> act.getValue().at())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        boolean stale = state.lookedAt.isBefore(doubt) || !state.lookedAt.isAfter(lastChange);
        if (!state.resources.isEmpty() && stale) {
            return new Decision(new Command.Measure(""), "everything is restored; it is read once more");
        }
        for (Map.Entry<Resource, ResourceState> each : state.resources.entrySet()) {
            if (!each.getValue().restored(each.getKey())) {
                return restore(each.getKey(), each.getValue());
            }
        }
        return Backward.claims(state).flatMap(this::giveUpClaims).orElseGet(this::ended);
    }

    /** A claim that cannot be given up ends by itself: it is named, and the end does not wait for it. */
    private Optional<Decision> giveUpClaims(Act.Ask claims) {
        ActState known = state.state(claims.id(), Direction.BACK);
        boolean named = state.exceptions.stream().anyMatch(exception -> exception.startsWith(CLAIMS));
        if (known.over() || named) {
            return Optional.empty();
        }
        if (known.stage() != Stage.FAILED) {
            return Optional.of(start(claims));
        }
        if (known.failures() >= LEFT_AFTER) {
            return Optional.of(Decide.record(new RunEvent.StepExcepted(CLAIMS, known.reason())));
        }
        Instant again =
                Pace.askAgainAt(claims.question(), known, plan.judgement().every());
        return Optional.of(now.isBefore(again) ? Decide.wait(again, known.reason()) : start(claims));
    }

    /** Something is not as recorded although its leg was done: a late effect landed, or someone else acted. */
    private Decision restore(Resource resource, ResourceState known) {
        Act.Alter act = Backward.restore("late", resource, known);
        ActState tried = state.state(act.id(), Direction.BACK);
        if (tried.inDoubt()) {
            return new Decision(new Command.Settle(act, Direction.BACK), "the effect of " + act.id() + " is in doubt");
        }
        boolean late = !now.isBefore(state.rollbackAt.plus(Pace.ROLLBACK_BUDGET));
        if (late || (!tried.again() && tried.failures() >= Pace.FORWARD_TRIES)) {
            return incomplete(act.id() + ": " + tried.reason());
        }
        if (tried.stage() == Stage.FAILED && now.isBefore(Pace.retryAt(tried))) {
            return Decide.wait(Pace.retryAt(tried), tried.reason());
        }
        return new Decision(new Command.Perform(act, Direction.BACK), "a late effect is undone: " + resource);
    }

    private Decision ended() {
        boolean moved = state.usersMoved || state.targetOpened;
        RunStatus status = moved ? RunStatus.ROLLED_BACK : RunStatus.ABORTED_UNCHANGED;
        String why = state.rollback.orElseThrow().reason();
        return Decide.record(new RunEvent.Ended(status, List.of(), why));
    }

    private Decision incomplete(String why) {
        List<String> residue = new ArrayList<>();
        state.resources.forEach((resource, known) -> {
            if (!known.restored(resource)) {
                residue.add(resource + " is " + known.observed().brief() + ", was "
                        + known.pre().brief());
            }
        });
        return Decide.record(new RunEvent.Ended(RunStatus.ROLLBACK_INCOMPLETE, residue, why));
    }

    static boolean flip(CutoverPlan plan) {
        return plan.shape() == Shape.FLIP;
    }
}
