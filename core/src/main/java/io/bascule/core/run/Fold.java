package io.bascule.core.run;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.run.ActState.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Folds a journal into a state. Pure; throws {@link IllegalStateException} on an event that cannot follow. */
public final class Fold {
    private Fold() {}

    public static RunState fold(Program program, List<Entry> entries) {
        RunState state = new RunState();
        for (Entry entry : entries) {
            state = apply(program, state, entry);
        }
        return state;
    }

    public static RunState apply(Program program, RunState before, Entry entry) {
        if (entry.seq() != before.seq + 1) {
            throw new IllegalStateException("entry " + entry.seq() + " cannot follow " + before.seq);
        }
        if (before.status.terminal() && !mayFollowTheEnd(entry.event())) {
            throw new IllegalStateException("nothing follows the end: " + entry.event());
        }
        RunState next = new RunState(before);
        next.seq = entry.seq();
        Instant at = entry.at();
        switch (entry.event()) {
            case RunEvent.RunStarted e -> started(next, e, at);
            case RunEvent.OrderAccepted e -> Ordered.apply(program, next, e, at);
            case RunEvent.OrderRefused e -> next.lastOrder = Math.max(next.lastOrder, e.id());
            case RunEvent.Surveyed e -> surveyed(next, e, at);
            case RunEvent.IntentRecorded e -> intended(next, e, at);
            case RunEvent.OutcomeRecorded e -> outcome(next, e, at);
            case RunEvent.StepVerified e -> verified(program, next, e, at);
            case RunEvent.StepFailed e -> {
                unanswered(next, e.act(), e.direction());
                change(next, e.act(), e.direction(), act -> act.failed(e.again(), at, e.reason()));
            }
            case RunEvent.DriftFound e -> drifted(next, e, at);
            case RunEvent.Measured e -> measured(next, e, at);
            case RunEvent.SoakBegun e -> {
                next.soak = Optional.of(new SoakState(e.act(), at, List.of(), 0, at, Optional.empty()));
                change(next, e.act(), Direction.FORWARD, act -> act.moved(Stage.FRESH, at, e.reason()));
            }
            case RunEvent.Judged e -> judged(program, next, e, at);
            case RunEvent.SoakPassed e ->
                change(next, e.act(), Direction.FORWARD, act -> act.moved(Stage.DONE, at, e.reason()));
            case RunEvent.SteppedBack e -> {
                for (Act act : program.backOneStage(e.from())) {
                    change(next, act.id(), Direction.FORWARD, ActState::fresh);
                }
                next.soak = Optional.empty();
                next.reason = e.reason();
            }
            case RunEvent.GateAsked e -> {
                gate(next, e.gate(), _ -> GateState.asked(at));
                next.status = RunStatus.WAITING;
                next.reason = e.reason();
            }
            case RunEvent.GatePassed e -> passed(next, e, at);
            case RunEvent.GateVoided e -> voided(next, e);
            case RunEvent.Held e -> {
                next.held = Optional.of(e);
                next.wanted = Optional.empty();
                next.status = RunStatus.HOLDING;
                next.reason = e.reason();
                next.turnaroundTold |= e.cause() == RunEvent.Held.Cause.TURNAROUND;
            }
            case RunEvent.HoldLifted e -> lift(next, e.reason());
            case RunEvent.WayBackChanged e -> {
                next.wayBack = e.wayBack();
                next.wayBackWhy = e.reason();
            }
            case RunEvent.LeaseExpired e -> expired(program, next, e);
            case RunEvent.RollbackBegun e -> rollingBack(next, e, at);
            case RunEvent.RouteChosen e -> {
                next.route = Optional.of(e.route());
                next.routeFrozen = Backward.nothingWritable(next);
                next.routeUsersAtTarget = Backward.usersAtTarget(next);
            }
            case RunEvent.StepExcepted e -> except(program, next, e.step(), e.reason(), at);
            case RunEvent.Ended e -> {
                next.ended = Optional.of(e);
                next.status = e.status();
                next.reason = e.reason();
            }
        }
        return next;
    }

    private static boolean mayFollowTheEnd(RunEvent event) {
        return event instanceof RunEvent.OrderRefused
                || (event instanceof RunEvent.OrderAccepted e && e.order().mayFollowTheEnd());
    }

    private static void started(RunState next, RunEvent.RunStarted e, Instant at) {
        next.startedAt = at;
        next.startedBy = e.by();
        next.startedByPrincipal = e.principal();
        next.reason = e.reason();
    }

    private static void surveyed(RunState next, RunEvent.Surveyed e, Instant at) {
        next.surveyed = e.images();
        change(next, e.act(), Direction.FORWARD, act -> act.moved(Stage.DONE, at, e.reason()));
    }

    private static void intended(RunState next, RunEvent.IntentRecorded e, Instant at) {
        change(next, e.act(), e.direction(), act -> act.intended(e, at));
        Resource resource = Resource.parse(e.resource());
        ResourceState known = next.resources.get(resource);
        ResourceState state = known == null
                ? new ResourceState(e.pre(), e.pre(), e.pre(), at, e.pre(), Instant.MAX)
                : known.seen(e.pre(), at);
        if (e.leaseUntil().isPresent()) {
            Image fallback = Leases.fallback(resource.kind(), e.pre());
            state = state.leasing(fallback, e.leaseUntil().get());
            if (next.freeze.isEmpty()) {
                next.forwardFreezes += e.direction() == Direction.FORWARD ? 1 : 0;
                next.backFreezes += e.direction() == Direction.BACK ? 1 : 0;
                next.freeze = Optional.of(new Freeze(e.leaseUntil().get(), e.direction()));
            }
        }
        put(next, resource, state);
    }

    private static void outcome(RunState next, RunEvent.OutcomeRecorded e, Instant at) {
        if (e.answer() == RunEvent.OutcomeRecorded.Answer.UNKNOWN) {
            unanswered(next, e.act(), e.direction());
        }
        change(next, e.act(), e.direction(), act -> switch (e.answer()) {
            case DONE -> act.moved(Stage.CALLED, at, e.reason());
            case UNKNOWN -> act.moved(Stage.DOUBTFUL, at, e.reason());
            case REFUSED -> act.failed(e.again(), at, e.reason());
        });
    }

    /** A request that nobody answered for may still land, until it is no longer valid. */
    private static void unanswered(RunState next, String act, Direction direction) {
        ActState known = next.state(act, direction);
        boolean open = known.stage() == Stage.INTENDED || known.stage() == Stage.DOUBTFUL;
        if (open && known.intent().isPresent()) {
            next.mayLand(known.intent().get());
        }
    }

    private static void verified(Program program, RunState next, RunEvent.StepVerified e, Instant at) {
        unanswered(next, e.act(), e.direction());
        change(next, e.act(), e.direction(), act -> act.moved(Stage.DONE, at, e.reason()));
        Resource resource = Resource.parse(e.resource());
        ResourceState known = next.resources.get(resource);
        if (known != null) {
            boolean lasting = !e.observed().owned().keySet().stream().anyMatch(Leases::isDeadline);
            ResourceState state = known.verified(e.observed(), at);
            put(next, resource, lasting ? state.leasing(Image.NONE, Instant.MAX) : state);
        }
        Milestones.note(program, next, e, resource);
    }

    private static void drifted(RunState next, RunEvent.DriftFound e, Instant at) {
        next.drift = Optional.of(e);
        Resource resource = Resource.parse(e.resource());
        next.resource(resource).ifPresent(known -> put(next, resource, known.seen(e.found(), at)));
    }

    private static void measured(RunState next, RunEvent.Measured e, Instant at) {
        boolean passed = e.verdict().equals("PASS");
        boolean no = e.verdict().equals("FAIL");
        change(next, e.act(), e.direction(), act -> act.found(passed, no, e.facts(), at, e.reason()));
        next.claimed |= passed && e.act().equals(Program.CLAIM);
        if (passed && e.facts().containsKey("baseline")) {
            next.baseline = Baselines.read(e.facts());
            next.sourceLoad = Baselines.perSecond(e.facts(), Side.SOURCE);
        }
    }

    private static void judged(Program program, RunState next, RunEvent.Judged e, Instant at) {
        next.lookedAt = at;
        next.lastLook = Optional.of(e);
        next.targetLoad = Math.max(next.targetLoad, Baselines.perSecond(e.facts(), Side.TARGET));
        if (!e.images().isEmpty()) {
            LinkedHashMap<Resource, ResourceState> seen = new LinkedHashMap<>(next.resources);
            e.images()
                    .forEach((name, image) ->
                            seen.computeIfPresent(Resource.parse(name), (_, known) -> known.seen(image, at)));
            next.resources = seen;
        }
        Optional<SoakState> soak = next.soak;
        if (soak.isPresent()
                && soak.get().act().equals(e.act())
                && program.act(e.act()).orElseThrow() instanceof Act.Soak act) {
            long more = e.requests().getOrDefault(act.spec().judged().word(), 0L);
            next.soak = Optional.of(soak.get().judged(e.verdict(), more, e.to(), at));
        }
    }

    private static void passed(RunState next, RunEvent.GatePassed e, Instant at) {
        gate(next, e.gate(), GateState::pass);
        change(next, e.gate() + "/approval", Direction.FORWARD, act -> act.moved(Stage.DONE, at, e.reason()));
        next.status = RunStatus.RUNNING;
        next.reason = e.reason();
    }

    private static void voided(RunState next, RunEvent.GateVoided e) {
        Map<String, GateState> gates = new LinkedHashMap<>(next.gates);
        gates.remove(e.gate());
        next.gates = gates;
        for (String act : List.of(e.gate() + "/approval", e.gate() + "/survey")) {
            change(next, act, Direction.FORWARD, ActState::fresh);
        }
        next.recount();
    }

    /** What was leased has fallen back; what was done inside the freeze must be done again. */
    private static void expired(Program program, RunState next, RunEvent.LeaseExpired e) {
        Instant deadline = next.freeze.map(Freeze::until).orElse(Instant.MAX);
        next.freeze = Optional.empty();
        for (Map.Entry<Resource, ResourceState> each : new ArrayList<>(next.resources.entrySet())) {
            ResourceState state = each.getValue();
            Instant inForce = Leases.deadline(state.expected()).orElse(state.until());
            if (state.leased() && inForce.isAfter(deadline)) {
                put(next, each.getKey(), state.leasing(state.fallback(), inForce));
            } else if (state.leased()) {
                Image back = state.fallback();
                put(next, each.getKey(), state.expecting(back).leasing(Image.NONE, Instant.MAX));
                outrun(next, each.getKey());
            }
        }
        if (e.direction() == Direction.BACK) {
            next.back = freshened(next.back, _ -> true);
        } else {
            boolean goesOn = next.rollback.isEmpty(); // a way home must still know what was sent and not read back
            next.forward = freshened(
                    next.forward,
                    id -> Milestones.startsAgain(program, id)
                            && (goesOn || !next.state(id, Direction.FORWARD).inDoubt()));
            next.recount();
        }
    }

    /** A copy lasts as long as the source's fence under which it was made. */
    private static void outrun(RunState next, Resource fallen) {
        if (fallen.kind() == Resource.Kind.FENCE && fallen.name().endsWith("@" + Side.SOURCE.word())) {
            Resource copy =
                    Resource.copy(fallen.name().substring(0, fallen.name().indexOf('@')));
            next.resource(copy).ifPresent(known -> put(next, copy, known.expecting(known.pre())));
        }
    }

    private static Map<String, ActState> freshened(
            Map<String, ActState> acts, java.util.function.Predicate<String> which) {
        Map<String, ActState> fresh = new HashMap<>();
        acts.forEach((id, act) -> fresh.put(id, which.test(id) ? act.fresh() : act));
        return fresh;
    }

    private static void rollingBack(RunState next, RunEvent.RollbackBegun e, Instant at) {
        next.rollback = Optional.of(e);
        next.rollbackAt = at;
        next.backFreezes = 0;
        next.held = Optional.empty();
        next.wanted = Optional.empty();
        next.status = RunStatus.ROLLING_BACK;
        next.reason = e.reason();
        boolean stands = Backward.standsFrozen(next);
        boolean returning = next.route.equals(Optional.of(Route.AGAIN));
        if (stands && returning && !next.acceptLoss) {
            return;
        }
        next.route = Optional.empty();
        if (!stands || returning) {
            next.back = freshened(next.back, _ -> true);
        }
    }

    private static void except(Program program, RunState next, String step, String reason, Instant at) {
        for (Act act : program.acts()) {
            if (act.step().equals(step) && !next.over(act.id())) {
                change(next, act.id(), Direction.FORWARD, state -> state.moved(Stage.EXCEPTED, at, reason));
            }
        }
        next.except(step + ": " + reason);
    }

    static void lift(RunState next, String reason) {
        next.held = Optional.empty();
        next.drift = Optional.empty();
        boolean waiting = next.gates.values().stream().anyMatch(gate -> !gate.passed());
        next.status =
                next.rollback.isPresent() ? RunStatus.ROLLING_BACK : waiting ? RunStatus.WAITING : RunStatus.RUNNING;
        next.reason = reason;
    }

    static void change(RunState next, String act, Direction direction, UnaryOperator<ActState> how) {
        Map<String, ActState> acts = new HashMap<>(direction == Direction.FORWARD ? next.forward : next.back);
        ActState before = acts.getOrDefault(act, ActState.FRESH);
        boolean wasOver = before.over();
        acts.put(act, how.apply(before));
        if (direction == Direction.FORWARD) {
            next.forward = acts;
            next.doubt(act, next.state(act, direction).inDoubt());
            next.overUpTo = wasOver && !next.over(act) ? 0 : next.overUpTo;
        } else {
            next.back = acts;
        }
    }

    static void gate(RunState next, String gate, UnaryOperator<GateState> how) {
        Map<String, GateState> gates = new LinkedHashMap<>(next.gates);
        gates.put(gate, how.apply(gates.getOrDefault(gate, GateState.asked(next.startedAt))));
        next.gates = gates;
    }

    static void put(RunState next, Resource resource, ResourceState state) {
        LinkedHashMap<Resource, ResourceState> resources = new LinkedHashMap<>(next.resources);
        resources.put(resource, state);
        next.resources = resources;
    }

    /** The state before the first event. */
    public static RunState nothing() {
        return new RunState();
    }
}
