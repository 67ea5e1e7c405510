package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.Person;
import io.bascule.core.plan.Step;
import io.bascule.core.rules.Fault;
import io.bascule.core.rules.PlanRules;
import io.bascule.core.rules.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether an order takes effect. Pure; a refusal says what would have been needed. */
public final class Orders {
    private Orders() {}

    /** The one event that an order becomes: accepted or refused. */
    public static RunEvent judge(CutoverPlan plan, Program program, RunState state, OrderEnvelope order) {
        Optional<Person> person = plan.person(order.who());
        Optional<String> why = refusal(plan, program, state, order, person);
        if (why.isPresent()) {
            return new RunEvent.OrderRefused(order.id(), order.order(), order.who(), order.principal(), why.get());
        }
        boolean verified = person.flatMap(Person::osUser).isPresent();
        String reason = order.reason().isBlank() ? order.order().verb() + " by " + order.who() : order.reason();
        return new RunEvent.OrderAccepted(
                order.id(), named(state, order.order()), order.who(), order.principal(), verified, reason);
    }

    /** An order for "whichever gate waits" gets that gate's name. */
    private static Order named(RunState state, Order order) {
        return switch (order) {
            case Order.Approve approve
            when approve.gate().isEmpty() -> new Order.Approve(waiting(state).orElse(""));
            case Order.Reject reject
            when reject.gate().isEmpty() -> new Order.Reject(waiting(state).orElse(""));
            default -> order;
        };
    }

    private static Optional<String> waiting(RunState state) {
        return state.gates().entrySet().stream()
                .filter(gate -> !gate.getValue().passed())
                .map(java.util.Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<String> refusal(
            CutoverPlan plan, Program program, RunState state, OrderEnvelope order, Optional<Person> person) {
        if (state.status().terminal() && !order.order().mayFollowTheEnd()) {
            return Optional.of("the run has ended: " + state.status());
        }
        if (person.isEmpty()) {
            return Optional.of("the plan knows nobody called " + order.who());
        }
        Optional<String> bound = person.get().osUser();
        if (bound.isPresent() && !order.principal().startsWith("os:" + bound.get() + "@")) {
            return Optional.of(order.who() + " is bound to the user " + bound.get() + ", not to " + order.principal());
        }
        return switch (order.order()) {
            case Order.Approve approve ->
                gateRefusal(program, state, approve.gate(), person.get())
                        .or(() -> loadRefusal(state, approve.gate(), order.reason()));
            case Order.Reject reject -> gateRefusal(program, state, reject.gate(), person.get());
            case Order.Hold _ -> when(state.status() == RunStatus.HOLDING, "the run is holding already");
            case Order.Resume _ -> when(state.status() != RunStatus.HOLDING, "the run is not holding");
            case Order.Retry _ -> when(state.status() != RunStatus.HOLDING, "nothing waits to be tried again");
            case Order.Skip skip -> skipRefusal(plan, program, state, skip.step());
            case Order.Abort _ -> when(isGoingBack(state), "the run is on its way back already");
            case Order.Rollback rollback -> rollbackRefusal(plan, state, rollback, person.get());
            case Order.Ack _, Order.Note _ -> Optional.empty();
        };
    }

    private static Optional<String> gateRefusal(Program program, RunState state, String named, Person person) {
        String name = named.isEmpty() ? waiting(state).orElse("") : named;
        Optional<GateState> gate = state.gate(name);
        if (gate.isEmpty() || gate.get().passed()) {
            return Optional.of(name.isEmpty() ? "no gate waits" : "the gate " + name + " does not wait");
        }
        if (program.act(name + "/approval").orElseThrow() instanceof Act.Await await) {
            return when(
                    person.roles().stream().noneMatch(await.gate().ask()::contains),
                    person.id() + " has none of the roles asked: "
                            + String.join(", ", await.gate().ask()));
        }
        return Optional.empty();
    }

    /** COMMIT after too little load is a person's own decision, with a reason that the report names. */
    private static Optional<String> loadRefusal(RunState state, String named, String reason) {
        String name = named.isEmpty() ? waiting(state).orElse("") : named;
        boolean unsaid = name.equals("commit") && reason.isBlank() && Rules.carriedTooLittle(state);
        return when(unsaid, Rules.carriedWords(state) + "; below 80% approving needs a reason (--reason)");
    }

    private static Optional<String> skipRefusal(CutoverPlan plan, Program program, RunState state, String id) {
        Optional<Step> step = plan.step(id);
        if (step.isEmpty()) {
            return Optional.of("the plan has no step " + id);
        }
        if (Program.isProtected(step.get().action())) {
            return Optional.of(
                    "the safety of the cutover rests on " + step.get().kind() + "; it cannot be skipped");
        }
        List<Act> acts =
                program.acts().stream().filter(act -> act.step().equals(id)).toList();
        if (acts.stream().allMatch(act -> state.over(act.id()))) {
            return Optional.of(id + " is over already");
        }
        boolean doubtful = acts.stream()
                .anyMatch(act -> state.state(act.id(), Direction.FORWARD).inDoubt());
        return when(doubtful, id + " is under way; its effect must be known first")
                .or(() -> faultWithout(plan, id));
    }

    /** What the rules for plans say against the plan without that step, and not against the plan as it is. */
    private static Optional<String> faultWithout(CutoverPlan plan, String id) {
        Set<Rule> before = PlanRules.check(plan).stream().map(Fault::rule).collect(Collectors.toSet());
        return PlanRules.check(plan.without(id)).stream()
                .filter(fault -> !fault.rule().isWarning() && !before.contains(fault.rule()))
                .map(fault -> "without " + id + " the plan would not pass 'check': " + fault.message())
                .findFirst();
    }

    private static Optional<String> rollbackRefusal(
            CutoverPlan plan, RunState state, Order.Rollback order, Person person) {
        if (order.acceptLoss() && !isApprover(plan, person)) {
            return Optional.of(person.id() + " approves no gate of this plan");
        }
        boolean adds = (order.acceptLoss() && !state.acceptLoss) || (order.force() && !state.force);
        if (isGoingBack(state) && !adds) {
            return Optional.of("the run is on its way back already");
        }
        if (state.wayBack() == WayBack.CLOSED && !order.acceptLoss()) {
            return Optional.of("the way back is closed, " + state.wayBackWhy()
                    + "; only rollback --accept-loss, by an approver, goes back");
        }
        return Optional.empty();
    }

    private static boolean isGoingBack(RunState state) {
        return state.status() == RunStatus.ROLLING_BACK;
    }

    private static boolean isApprover(CutoverPlan plan, Person person) {
        return plan.phases().stream()
                .flatMap(phase -> phase.gate().stream())
                .map(Gate::ask)
                .anyMatch(asked -> person.roles().stream().anyMatch(asked::contains));
    }

    private static Optional<String> when(boolean refused, String why) {
        return refused ? Optional.of(why) : Optional.empty();
    }
}
