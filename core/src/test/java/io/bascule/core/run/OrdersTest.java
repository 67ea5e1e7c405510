package io.bascule.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.sim.SimPlans;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every refusal of an order, and that what is not refused is accepted. */
class OrdersTest {
    private static final CutoverPlan SHOP = SimPlans.dataFirst();
    private static final Program PROGRAM = Program.of(SHOP);

    private static RunState state(Consumer<RunState> how) {
        RunState state = new RunState();
        state.startedBy = "ana";
        state.startedAt = Instant.parse("2026-11-28T21:00:00Z");
        how.accept(state);
        return state;
    }

    private static RunEvent judge(RunState state, Order order, String who) {
        return Orders.judge(SHOP, PROGRAM, state, new OrderEnvelope(7, order, who, "os:" + who + "@host", ""));
    }

    private static void refused(RunState state, Order order, String who, String why) {
        RunEvent event = judge(state, order, who);
        assertThat(event).isInstanceOf(RunEvent.OrderRefused.class);
        assertThat(event.reason()).contains(why);
    }

    private static void accepted(RunState state, Order order, String who) {
        assertThat(judge(state, order, who)).isInstanceOf(RunEvent.OrderAccepted.class);
    }

    private static RunState waiting() {
        return state(s -> Fold.gate(s, "go", _ -> GateState.asked(s.startedAt)));
    }

    private static RunState holding() {
        return state(s -> s.status = RunStatus.HOLDING);
    }

    @Test
    void nobody_tells_a_run_that_has_ended_anything() {
        refused(state(s -> s.status = RunStatus.COMPLETED), new Order.Hold(), "ana", "has ended");
    }

    @Test
    void the_end_of_a_run_may_be_acknowledged_by_someone_the_plan_knows() {
        RunState ended = state(s -> {
            s.status = RunStatus.ROLLED_BACK;
            s.seq = 7;
        });
        refused(ended, new Order.Ack(), "eve", "knows nobody");
        RunEvent said = judge(ended, new Order.Ack(), "ana");

        RunState after = Fold.apply(PROGRAM, ended, new Entry(8, ended.startedAt, said));

        assertThat(after.acknowledged()).isTrue();
        assertThat(after.status()).isEqualTo(RunStatus.ROLLED_BACK);
    }

    @Test
    void a_name_that_the_plan_does_not_know_is_refused() {
        refused(waiting(), new Order.Approve("go"), "eve", "knows nobody");
    }

    @Test
    void a_bound_name_claimed_by_another_principal_is_refused() {
        RunEvent event = Orders.judge(
                SHOP, PROGRAM, waiting(), new OrderEnvelope(1, new Order.Hold(), "cem", "os:mallory@host", ""));

        assertThat(event.reason()).contains("is bound to the user cem");
    }

    @Test
    void approval_needs_a_role_that_was_asked_and_a_gate_that_waits() {
        refused(waiting(), new Order.Approve("go"), "cem", "none of the roles");
        refused(waiting(), new Order.Approve("commit"), "ana", "does not wait");
        refused(state(_ -> {}), new Order.Approve(""), "ana", "no gate waits");
        accepted(waiting(), new Order.Approve(""), "ana");
        accepted(waiting(), new Order.Reject("go"), "ben");
    }

    @Test
    void holding_twice_and_resuming_what_runs_are_refused() {
        refused(holding(), new Order.Hold(), "ana", "holding already");
        refused(state(_ -> {}), new Order.Resume(false), "ana", "not holding");
        refused(state(_ -> {}), new Order.Retry(), "ana", "nothing waits");
        accepted(holding(), new Order.Resume(true), "ana");
    }

    @Test
    void what_the_safety_rests_on_is_never_skipped() {
        for (String step : List.of("freeze", "sync", "compare-data", "reverse-on", "check", "configure", "release")) {
            refused(holding(), new Order.Skip(step), "ana", "cannot be skipped");
        }
        refused(holding(), new Order.Skip("go"), "ana", "no step");
        accepted(holding(), new Order.Skip("backup"), "ana");
    }

    @Test
    void a_step_without_which_the_plan_would_not_pass_check_is_not_skipped() {
        refused(holding(), new Order.Skip("judge"), "ana", "without judge the plan would not pass 'check'");
        accepted(holding(), new Order.Skip("load"), "ana");
    }

    @Test
    void commit_after_too_little_load_needs_a_reason() {
        RunState few = state(s -> {
            s.usersMoved = true;
            s.sourceLoad = 500;
            s.targetLoad = 399;
            Fold.gate(s, "commit", _ -> GateState.asked(s.startedAt));
        });
        RunState enough = state(s -> {
            s.usersMoved = true;
            s.sourceLoad = 500;
            s.targetLoad = 400;
            Fold.gate(s, "commit", _ -> GateState.asked(s.startedAt));
        });

        refused(few, new Order.Approve(""), "ana", "399 requests/s, 79% of the source's 500");
        accepted(enough, new Order.Approve(""), "ana");
        assertThat(Orders.judge(
                        SHOP,
                        PROGRAM,
                        few,
                        new OrderEnvelope(1, new Order.Approve("commit"), "ana", "os:ana@h", "why")))
                .isInstanceOf(RunEvent.OrderAccepted.class);
    }

    @Test
    void going_back_twice_is_refused_unless_it_adds_something() {
        RunState back = state(s -> s.status = RunStatus.ROLLING_BACK);

        refused(back, new Order.Rollback(false, false), "ana", "on its way back already");
        refused(back, new Order.Abort(), "ana", "on its way back already");
        accepted(back, new Order.Rollback(true, false), "ana");
    }

    @Test
    void loss_is_accepted_only_by_an_approver() {
        RunState closed = state(s -> s.wayBack = WayBack.CLOSED);

        refused(closed, new Order.Rollback(false, false), "ana", "--accept-loss");
        refused(closed, new Order.Rollback(false, true), "cem", "approves no gate");
        accepted(closed, new Order.Rollback(false, true), "ana");
    }
}
