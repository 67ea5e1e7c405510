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
        for (Act act : acts) {
            ActState known = state.state(act.id(), Direction.BACK);
            if (!known.over()) {
                return go(act, known);
            }
        }
        return state.route.get() == Route.AGAIN ? askPeople() : confirm();
    }

    private Decision chooseRoute() {
        Optional<Instant> doubt = openingInDoubt();
        if (doubt.isPresent() && now.isBefore(doubt.get())) {
            return Decide.wait(doubt.get(), "a late opening of the target's database may still land");
        }
        if (doubt.isPresent() && state.lookedAt.isBefore(doubt.get())) {
            return new Decision(new Command.Measure(""), "whether the target's database is open is read once more");
        }
        boolean open = plan.movedDatasets()
                .anyMatch(dataset -> state.resource(Resource.fence(dataset.name(), Side.TARGET))
                        .map(fence -> fence.observed().get("fence").equals("open"))
                        .orElse(false));
        Route route = open ? Route.HOME : Route.DISARM;
        String why = open
                ? "the target's database takes writes: they are carried home"
                : "the target's database took no write: what was armed is disarmed";
        return Decide.record(new RunEvent.RouteChosen(route, why));
    }

    /** Until when a forward intent to open the target's database may still take effect. */
    private Optional<Instant> openingInDoubt() {
        return state.doubts().stream()
                .flatMap(act -> act.intent().stream())
                .filter(intent -> intent.resource().endsWith("@" + Side.TARGET.word())
                        && intent.post().get("fence").equals("open"))
                .map(intent -> intent.notAfter().plus(Pace.LATE))
                .max(Instant::compareTo);
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
        Instant again = act instanceof Act.Ask ask
                ? Pace.askAgainAt(ask.question(), known, plan.judgement().every())
                : Pace.retryAt(known);
        return now.isBefore(again) ? Decide.wait(again, known.reason()) : start(act);
    }

    private Decision start(Act act) {
        Optional<Instant> until = state.freeze.map(Freeze::until);
        if (act instanceof Act.Alter
                && until.isPresent()
                && now.plus(Pace.LEAST_OF_FREEZE).isAfter(until.get())) {
            return Decide.wait(until.get(), "too little of the freeze is left to begin " + act.id());
        }
        if (act instanceof Act.Alter alter && alter.leased() && until.isEmpty() && freezesUsedUp()) {
            return Decide.record(
                    new RunEvent.Held(Cause.FAILURE, "the data could not be brought home within a freeze"));
        }
        return new Decision(new Command.Perform(act, Direction.BACK), "on the way back: " + act.id());
    }

    private boolean freezesUsedUp() {
        return state.backFreezes >= Pace.FREEZES;
    }

    private boolean givenUp(Act act, ActState known) {
        if (act instanceof Act.Ask ask) {
            return !Backward.waitsForEver(ask.question())
                    && !now.isBefore(known.since().plus(ask.patience()));
        }
        boolean budget = !now.isBefore(state.rollbackAt.plus(Pace.ROLLBACK_BUDGET));
        return budget || (!known.again() && known.failures() >= Pace.FORWARD_TRIES);
    }

    private Decision giveUp(Act act, ActState known) {
        boolean frozenHome = state.route.orElseThrow() == Route.HOME
                && state.freeze.isPresent()
                && state.freeze.get().direction() == Direction.BACK;
        if (frozenHome) {
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
        Instant doubt = state.doubts().stream()
                .flatMap(act -> act.intent().stream())
                .map(intent -> intent.notAfter().plus(Pace.LATE))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        if (now.isBefore(doubt)) {
            return Decide.wait(doubt, "everything is restored; a late request may still land");
        }
        Instant lastChange = state.back.values().stream()
                .map(ActState::at)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        boolean stale = state.lookedAt.isBefore(doubt) || !state.lookedAt.isAfter(lastChange);
        if (!state.resources.isEmpty() && stale) {
            return new Decision(new Command.Measure(""), "everything is restored; it is read once more");
        }
        for (Map.Entry<Resource, ResourceState> each : state.resources.entrySet()) {
            if (!each.getValue().atPre()) {
                return restore(each.getKey(), each.getValue());
            }
        }
        return ended();
    }

    /** Something is not as recorded although its leg was done: a late effect landed, or someone else acted. */
    private Decision restore(Resource resource, ResourceState known) {
        Act.Alter act = Backward.restore("late", resource, known);
        ActState tried = state.state(act.id(), Direction.BACK);
        if (tried.inDoubt()) {
            return new Decision(new Command.Settle(act, Direction.BACK), "the effect of " + act.id() + " is in doubt");
        }
        if (tried.failures() >= Pace.FORWARD_TRIES || tried.attempts() >= 3 * Pace.FORWARD_TRIES) {
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
            if (!known.atPre()) {
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
