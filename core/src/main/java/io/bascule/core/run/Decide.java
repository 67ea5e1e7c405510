package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Window;
import io.bascule.core.run.ActState.Stage;
import io.bascule.core.run.RunEvent.Held.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do next. A pure function of plan, state and time: it never waits, never asks the world, and never throws for
 * operating trouble. What is urgent comes first: orders to go back, doubts, expired freezes, then looking, then judging,
 * and only then the next act.
 */
public final class Decide {
    private final CutoverPlan plan;
    private final Program program;
    private final RunState state;
    private final Instant now;

    private Decide(CutoverPlan plan, Program program, RunState state, Instant now) {
        this.plan = plan;
        this.program = program;
        this.state = state;
        this.now = now;
    }

    public static Decision decide(CutoverPlan plan, Program program, RunState state, Instant now) {
        return new Decide(plan, program, state, now).next();
    }

    private Decision next() {
        if (state.status().terminal()) {
            return new Decision(new Command.Finish(), state.reason());
        }
        if (state.wanted.isPresent()) {
            return goBackOnOrder();
        }
        Optional<Decision> doubt = state.rollback.isPresent() ? Optional.empty() : settle();
        if (doubt.isPresent()) {
            return doubt.get();
        }
        if (freezeIsOver()) {
            Direction direction = state.freeze.orElseThrow().direction();
            return record(new RunEvent.LeaseExpired(
                    direction, "the freeze's deadline has passed; what was leased has fallen back by itself"));
        }
        RunEvent.WayBackChanged wayBack = Rules.wayBack(plan, state);
        if (wayBack.wayBack() != state.wayBack || !wayBack.reason().equals(state.wayBackWhy)) {
            return record(wayBack);
        }
        if (state.rollback.isPresent()) {
            return state.status() == RunStatus.HOLDING ? holdOn() : new Homeward(plan, state, now).next();
        }
        if (lookIsDue()) {
            return look();
        }
        return judged().or(this::guarded).orElseGet(this::forward);
    }

    private Decision goBackOnOrder() {
        Order order = state.wanted.orElseThrow();
        boolean accepted = state.acceptLoss && order instanceof Order.Rollback;
        if (Rules.committed(plan, state) && !accepted) {
            return record(new RunEvent.Held(
                    Cause.WAY_BACK_CLOSED,
                    order.verb() + " after COMMIT: the way back was given up; a person decides"));
        }
        if (state.wayBack == WayBack.CLOSED && !accepted) {
            return record(new RunEvent.Held(Cause.WAY_BACK_CLOSED, "the way back is closed: " + state.wayBackWhy));
        }
        return record(new RunEvent.RollbackBegun(state.wantedBy, order.verb() + " ordered by " + state.wantedBy));
    }

    private boolean freezeIsOver() {
        if (state.freeze.isEmpty() || now.isBefore(state.freeze.get().until())) {
            return false;
        }
        Direction direction = state.freeze.get().direction();
        var acts = direction == Direction.FORWARD ? state.forward : state.back;
        boolean closing = acts.values().stream().anyMatch(act -> act.inDoubt() && closes(act));
        return !closing;
    }

    private static boolean closes(ActState act) {
        return act.intent()
                .map(intent -> intent.resource().startsWith("fence:")
                        && intent.post().get("fence").equals("closed"))
                .orElse(false);
    }

    /** A forward intent in doubt is only observed, and not before a late request can no longer land. */
    private Optional<Decision> settle() {
        if (state.inDoubt.isEmpty()) {
            return Optional.empty();
        }
        for (Act act : program.acts()) {
            ActState known = state.state(act.id(), Direction.FORWARD);
            if (known.inDoubt() && act instanceof Act.Alter alter) {
                RunEvent.IntentRecorded intent = known.intent().orElseThrow();
                boolean late = known.stage() != Stage.CALLED && (!intent.refusesLate() || comesBack(alter));
                Instant from = late ? intent.notAfter().plus(Pace.LATE) : known.at();
                if (now.isBefore(from)) {
                    return Optional.of(
                            lookIsDue()
                                    ? look()
                                    : wait(soonest(from), "a late request of " + act.id() + " may still land"));
                }
                Command settle = new Command.Settle(alter, Direction.FORWARD);
                return Optional.of(new Decision(settle, "the effect of " + act.id() + " is in doubt"));
            }
        }
        return Optional.empty();
    }

    /** That instant, or the next look before it: while something is waited for, judging and watching go on. */
    private Instant soonest(Instant until) {
        Instant look = nextLook();
        return look.isAfter(now) && look.isBefore(until) ? look : until;
    }

    /**
     * A copy and its capture go back and forth, and writes that are held go on at release: a late request may find the
     * very state that it expects once more.
     */
    private static boolean comesBack(Act.Alter alter) {
        return switch (alter.resource().kind()) {
            case COPY, REVERSE -> true;
            case WRITES -> alter.leased();
            default -> false;
        };
    }

    private boolean lookIsDue() {
        boolean something = !state.resources.isEmpty()
                || current().filter(Act.Soak.class::isInstance).isPresent();
        return something && !now.isBefore(nextLook());
    }

    private Instant nextLook() {
        Instant last = state.lookedAt;
        if (current().orElse(null) instanceof Act.Soak && state.soak.isPresent()) {
            Instant first = state.soak.get().begunAt().plus(rule().over());
            boolean begun =
                    state.soak.get().act().equals(current().orElseThrow().id());
            if (begun && last.isBefore(first)) {
                return last.plus(rule().every()).isBefore(first) ? last.plus(rule().every()) : first;
            }
        }
        return last.plus(rule().every());
    }

    /** Judges the soak that users are under: the one being waited for, or the last one while people decide or hold. */
    private Decision look() {
        Optional<Act> act = current();
        boolean still = state.status() == RunStatus.HOLDING && state.freeze.isEmpty();
        boolean judges = act.isPresent()
                && state.rollback.isEmpty()
                && (still || act.get() instanceof Act.Soak || act.get() instanceof Act.Await);
        Optional<SoakState> soak =
                state.soak.filter(s -> judges && !now.isBefore(s.begunAt().plus(rule().over())));
        return new Decision(new Command.Measure(soak.map(SoakState::act).orElse("")), "a look is due");
    }

    private Optional<Decision> judged() {
        boolean automatic = state.held.isEmpty() || state.held.get().cause() != Cause.DRIFT;
        Optional<SoakState> soak = state.soak.filter(_ -> automatic);
        if (soak.isPresent() && soak.get().failedOfLast(rule().windows()) >= rule().failures()) {
            return Optional.of(breach(soak.get()));
        }
        if (state.wayBack == WayBack.CLOSED && !Rules.committed(plan, state) && state.held.isEmpty()) {
            return Optional.of(record(
                    new RunEvent.Held(Cause.WAY_BACK_CLOSED, "automatic return is disarmed: " + state.wayBackWhy)));
        }
        return Optional.empty();
    }

    private Decision breach(SoakState soak) {
        String what = state.lastLook.map(RunEvent.Judged::reason).orElse("");
        String why =
                soak.failedOfLast(rule().windows()) + " of the last " + rule().windows() + " windows failed: " + what;
        if (state.wayBack != WayBack.CLOSED) {
            return record(new RunEvent.RollbackBegun("bascule", why));
        }
        return state.held.isPresent()
                ? holdOn()
                : record(new RunEvent.Held(Cause.WAY_BACK_CLOSED, why + "; " + state.wayBackWhy));
    }

    /** What keeps forward motion back: a hold, or too little time to go back. */
    private Optional<Decision> guarded() {
        boolean holding = state.status() == RunStatus.HOLDING;
        Optional<Decision> late = holding && turnsBackByItself().isEmpty() ? Optional.empty() : turnaround();
        return late.or(() -> holding ? Optional.of(holdOn()) : Optional.empty());
    }

    /** Why a run goes home at its turnaround even while people hold it; empty when a person has to decide. */
    private Optional<String> turnsBackByItself() {
        boolean ordered = state.held.map(held -> held.cause() == Cause.ORDER).orElse(true);
        boolean policy = plan.window().atTurnaround() == Window.AtTurnaround.ROLL_BACK;
        return ordered && policy && state.wayBack != WayBack.CLOSED
                ? Optional.of(
                        "the latest safe decision was at " + Rules.turnaround(plan, program.plannedRollback(), state))
                : Optional.empty();
    }

    private Optional<Decision> turnaround() {
        boolean committed = Rules.committed(plan, state);
        if (committed && !state.turnaroundTold && !now.isBefore(plan.window().closesAt(state.startedAt))) {
            return Optional.of(record(new RunEvent.Held(Cause.TURNAROUND, "the window has closed")));
        }
        Instant turnaround = Rules.turnaround(plan, program.plannedRollback(), state);
        if (committed || state.turnaroundTold || state.gate("go").isEmpty() || now.isBefore(turnaround)) {
            return Optional.empty();
        }
        String why = "the latest safe decision was at " + turnaround;
        return Optional.of(record(
                turnsBackByItself().isPresent()
                        ? new RunEvent.RollbackBegun("bascule", why)
                        : new RunEvent.Held(Cause.TURNAROUND, why)));
    }

    private Decision forward() {
        Optional<Act> act = current();
        if (act.isEmpty()) {
            return end();
        }
        return switch (act.get()) {
            case Act.Await await -> await(await);
            case Act.Soak soak -> soak(soak);
            case Act.Ask ask -> ask(ask);
            case Act.Alter alter -> alter(alter);
        };
    }

    private Decision end() {
        boolean clean = state.exceptions.isEmpty();
        String why = clean ? "every step is done" : "done, but for: " + String.join("; ", state.exceptions);
        RunStatus status = clean ? RunStatus.COMPLETED : RunStatus.COMPLETED_WITH_EXCEPTIONS;
        return record(new RunEvent.Ended(status, java.util.List.of(), why));
    }

    private Decision await(Act.Await await) {
        String name = await.step();
        Instant opens = plan.window().opensAt(state.startedAt);
        if (name.equals("go") && now.isBefore(opens)) {
            return wait(opens, "the window opens at " + opens);
        }
        GateState said = state.gates.get(name);
        if (said == null) {
            return new Decision(new Command.AskApproval(name), question(await.gate(), name));
        }
        if (said.rejectedBy().isPresent()) {
            String why = name + " was rejected by " + said.rejectedBy().get();
            return name.equals("commit") ? record(new RunEvent.Held(Cause.REJECTED, why)) : goBack(why);
        }
        if (Rules.quorum(plan, state, await.gate(), said)) {
            String who = String.join(
                    ", ", said.approvals().stream().map(GateState.Approval::who).toList());
            return record(new RunEvent.GatePassed(name, name + " was approved by " + who));
        }
        Instant expires = expiry(await.gate(), said);
        if (!now.isBefore(expires)) {
            return expired("nobody answered " + name + " by " + expires);
        }
        Instant until = nextLook().isAfter(now) ? nextLook() : now.plus(rule().every());
        return wait(expires.isBefore(until) ? expires : until, state.reason());
    }

    /** A gate ends with the window, unless it says when; past a window whose end people were told, they decide. */
    private Instant expiry(Gate gate, GateState said) {
        Instant closes = state.turnaroundTold ? Instant.MAX : plan.window().closesAt(state.startedAt);
        return gate.expires().map(said.askedAt()::plus).orElse(closes);
    }

    /** Past its time a gate does what the plan says of the turnaround. */
    private Decision expired(String why) {
        boolean holds = plan.window().atTurnaround() == Window.AtTurnaround.HOLD && !state.resources.isEmpty();
        return holds ? record(new RunEvent.Held(Cause.TURNAROUND, why)) : goBack(why);
    }

    private String question(Gate gate, String name) {
        String who = name + " needs " + gate.need() + " of " + String.join(", ", gate.ask());
        return name.equals("commit") ? who + given() : who;
    }

    /** What is given up with COMMIT, and on which terms. */
    private String given() {
        String carried = Rules.carriedWords(state);
        String few = Rules.carriedTooLittle(state) ? "; less than 80%: whoever approves says why (--reason)" : "";
        String terms = Rules.commitComesBeforeFreeze(plan) ? "; binding: " + Freezes.terms(plan) : "";
        return (carried.isEmpty() ? "" : "; " + carried) + few + terms;
    }

    private Decision soak(Act.Soak act) {
        if (state.soak.isEmpty() || !state.soak.get().act().equals(act.id())) {
            return record(new RunEvent.SoakBegun(
                    act.id(), "watching for " + text(act.spec().lasts())));
        }
        SoakState soak = state.soak.get();
        Optional<Decision> blind = blind(soak);
        if (blind.isPresent()) {
            return blind.get();
        }
        boolean over = !now.isBefore(soak.begunAt().plus(act.spec().lasts()));
        boolean enough = soak.requests() >= rule().minRequests();
        if (over && enough && soak.decided(rule().windows())) {
            return record(new RunEvent.SoakPassed(act.id(), soak.requests() + " requests judged, no objection"));
        }
        Duration twice = act.spec().lasts().multipliedBy(2).plus(rule().noDataAfter());
        if (state.turnaroundTold && !now.isBefore(soak.begunAt().plus(twice))) {
            String undecided =
                    soak.recent().isEmpty() ? "no window" : soak.recent().getLast();
            return record(new RunEvent.Held(
                    Cause.TURNAROUND,
                    "the window is closed, and " + text(twice) + " of " + act.id() + " decided nothing: " + undecided));
        }
        return wait(nextLook(), "watching " + act.id());
    }

    /** Without data nothing advances; after the deadline the plan's policy acts. */
    private Optional<Decision> blind(SoakState soak) {
        if (soak.noDataSince().isEmpty()
                || now.isBefore(soak.noDataSince().get().plus(rule().noDataAfter()))) {
            return Optional.empty();
        }
        String why = "no data since " + soak.noDataSince().get();
        return Optional.of(
                switch (rule().noDataThen()) {
                    case HOLD -> record(new RunEvent.Held(Cause.NO_DATA, why));
                    case BACK_ONE_STAGE -> backOneStage(soak, why);
                    case ROLL_BACK -> goBack(why);
                });
    }

    /** One stage back, once the source is known to bear it; all the way from the first one, or where none is before. */
    private Decision backOneStage(SoakState soak, String why) {
        List<Act> again = program.backOneStage(soak.act());
        if (again.isEmpty() || Rules.committed(plan, state) || state.wayBack == WayBack.CLOSED) {
            return goBack(why);
        }
        Act.Soak to = again.stream()
                .filter(Act.Soak.class::isInstance)
                .map(Act.Soak.class::cast)
                .findFirst()
                .orElseThrow();
        for (Entrance entrance : plan.entrances()) {
            Act.Ask ready = new Act.Ask(
                    to.step() + "/source ready " + entrance.name(),
                    to.step(),
                    new Question.Ready(entrance.name(), Side.SOURCE, false),
                    Pace.SOURCE_PATIENCE,
                    Duration.ofSeconds(5));
            ActState known = state.state(ready.id(), Direction.FORWARD);
            if (known.stage() == Stage.FAILED && known.askedFor(ready.patience())) {
                return record(new RunEvent.Held(
                        Cause.NO_DATA, why + "; the source cannot take more users: " + known.reason()));
            }
            if (stale(ready.id())) {
                Instant next = Pace.askAgainAt(ready.question(), known, rule().every());
                boolean early = known.stage() == Stage.FAILED && now.isBefore(next);
                return early ? wait(next, known.reason()) : perform(ready);
            }
        }
        return record(new RunEvent.SteppedBack(soak.act(), to.id(), why + ": back to " + to.id()));
    }

    private Decision ask(Act.Ask ask) {
        ActState known = state.state(ask.id(), Direction.FORWARD);
        if (known.stage() != Stage.FAILED) {
            return perform(ask);
        }
        if (known.askedFor(Pace.patience(ask, known))) {
            return failed(ask, known.reason());
        }
        Instant again = ask.question() instanceof Question.OldTtlOver old
                ? Pace.later(
                        known.since().plus(Ttls.old(state, old.entrance())),
                        known.at().plus(Pace.POLL))
                : Pace.askAgainAt(ask.question(), known, rule().every());
        return now.isBefore(again) ? wait(again, known.reason()) : perform(ask);
    }

    private Decision alter(Act.Alter alter) {
        ActState known = state.state(alter.id(), Direction.FORWARD);
        if (known.stage() == Stage.FAILED && (!known.again() || known.failures() >= Pace.FORWARD_TRIES)) {
            return failed(alter, known.reason());
        }
        if (known.stage() == Stage.FAILED && now.isBefore(Pace.retryAt(known))) {
            return wait(Pace.retryAt(known), known.reason());
        }
        if (!alter.needs().isEmpty() && (stale(alter.needs()) || askedBefore(alter.needs(), known))) {
            return perform(program.act(alter.needs()).orElseThrow());
        }
        Optional<Instant> until = state.freeze.map(Freeze::until);
        if (until.isPresent() && now.plus(Pace.leastOfFreeze(alter)).isAfter(until.get())) {
            return wait(until.get(), "too little of the freeze is left to begin " + alter.id());
        }
        if (alter.closes() && until.isEmpty() && !state.released && !partlyClosed()) {
            return failed(alter, "there is no freeze to release");
        }
        if (alter.leased() && until.isEmpty() && state.forwardFreezes >= freezesAllowed()) {
            return failed(alter, "the freeze has run out " + state.forwardFreezes + " times");
        }
        return perform(alter);
    }

    private boolean partlyClosed() {
        return state.resources.values().stream()
                .anyMatch(resource -> resource.expected().get("fence").equals("closed"));
    }

    /** Conditions given at an early COMMIT bind one freeze only. */
    private int freezesAllowed() {
        return Rules.commitComesBeforeFreeze(plan) ? 1 : Pace.FREEZES;
    }

    /** An answer from before is stale, and so is one from a time that our clock has not reached: it was set back. */
    private boolean stale(String ask) {
        ActState known = state.state(ask, Direction.FORWARD);
        return known.stage() != Stage.DONE
                || known.at().plus(Pace.FRESH).isBefore(now)
                || known.at().isAfter(now);
    }

    /** Each attempt has an answer of its own: a clock that stood still does not tell how old one is. */
    private boolean askedBefore(String ask, ActState failed) {
        return failed.stage() == Stage.FAILED
                && state.state(ask, Direction.FORWARD).at().isBefore(failed.at());
    }

    private Decision failed(Act act, String why) {
        if (act.id().equals(Program.CLAIM) && state.claimed) {
            return record(new RunEvent.Held(Cause.CLAIM, why));
        }
        if (act instanceof Act.Ask ask && isException(ask)) {
            return record(new RunEvent.StepExcepted(act.step(), why));
        }
        return goBack(act.id() + " failed: " + why);
    }

    /** What is only measured, once nothing is to be changed any more: in REVIEW, and claims that cannot be given up. */
    private boolean isException(Act.Ask ask) {
        boolean review = plan.step(ask.step())
                .filter(step -> step.phase().kind() == PhaseKind.REVIEW)
                .isPresent();
        return review || ask.question() instanceof Question.ReleaseClaims;
    }

    private Decision goBack(String why) {
        boolean closed = Rules.committed(plan, state) || state.wayBack == WayBack.CLOSED;
        return record(closed ? new RunEvent.Held(Cause.FAILURE, why) : new RunEvent.RollbackBegun("bascule", why));
    }

    private Decision holdOn() {
        if (lookIsDue()) {
            return look();
        }
        Instant next = state.resources.isEmpty() ? now.plus(Duration.ofSeconds(30)) : nextLook();
        return wait(next, state.reason());
    }

    /** The first act of the plan that is not over. */
    private Optional<Act> current() {
        return state.current(program);
    }

    private JudgementRule rule() {
        return plan.judgement();
    }

    private static Decision perform(Act act) {
        return new Decision(new Command.Perform(act, Direction.FORWARD), "next is " + act.id());
    }

    static Decision record(RunEvent event) {
        return new Decision(new Command.Record(event), event.reason());
    }

    static Decision wait(Instant until, String why) {
        return new Decision(new Command.WaitUntil(until), why);
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
