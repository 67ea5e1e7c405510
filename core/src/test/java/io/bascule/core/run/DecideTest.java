package io.bascule.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.sim.SimPlans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Single decisions, from a journal written by hand. */
class DecideTest {
    private static final Instant START = Instant.parse("2026-11-28T21:00:00Z");
    private static final CutoverPlan SHOP = SimPlans.dataFirst();
    private static final Program PROGRAM = Program.of(SHOP);
    private static final SortedMap<String, String> NO_FACTS = new TreeMap<>();

    private final List<Entry> journal = new ArrayList<>();

    private DecideTest wrote(RunEvent event) {
        journal.add(new Entry(journal.size() + 1L, START.plusSeconds(journal.size()), event));
        return this;
    }

    private DecideTest wroteAt(int second, RunEvent event) {
        journal.add(new Entry(journal.size() + 1L, START.plusSeconds(second), event));
        return this;
    }

    private RunState state() {
        return Fold.fold(PROGRAM, journal);
    }

    private Decision at(int second) {
        Instant now = START.plusSeconds(second);
        Decision decision = Decide.decide(SHOP, PROGRAM, state(), now);
        while (decision.command() instanceof Command.Record record
                && record.event() instanceof RunEvent.WayBackChanged) {
            wrote(record.event());
            decision = Decide.decide(SHOP, PROGRAM, state(), now);
        }
        return decision;
    }

    private DecideTest started() {
        return wrote(new RunEvent.RunStarted("shop", "0".repeat(64), "ana", "os:ana@host", "SIMULATED", "begins"));
    }

    private DecideTest intended(String act, Resource resource, Image pre, Image post, boolean refusesLate) {
        return wrote(new RunEvent.IntentRecorded(
                act,
                Direction.FORWARD,
                1,
                resource.toString(),
                pre,
                post,
                "token",
                START.plusSeconds(journal.size() + 6L),
                refusesLate,
                false,
                Optional.empty(),
                "because"));
    }

    private DecideTest doubtfulShift(boolean refusesLate) {
        return intended(
                "shift/web 10%",
                Resource.traffic("web"),
                Image.of("source", "10000", "target", "0"),
                Image.of("source", "9000", "target", "1000"),
                refusesLate);
    }

    private DecideTest ordered(Order order) {
        return wrote(new RunEvent.OrderAccepted(1, order, "ana", "os:ana@host", false, "said"));
    }

    private static RunEvent measured(String act) {
        return new RunEvent.Measured(act, Direction.FORWARD, "PASS", NO_FACTS, "fine");
    }

    @Test
    void the_first_act_of_the_plan_comes_first() {
        Decision decision = started().at(2);

        assertThat(decision.command())
                .isEqualTo(new Command.Perform(PROGRAM.acts().getFirst(), Direction.FORWARD));
    }

    @Test
    void a_question_has_failed_only_when_it_was_still_asked_at_the_end_of_its_patience() {
        Act first = PROGRAM.acts().getFirst();
        RunEvent no = new RunEvent.Measured(first.id(), Direction.FORWARD, "FAIL", NO_FACTS, "not yet");
        started().wroteAt(1, no);

        assertThat(at(100).command())
                .as("nobody asked meanwhile")
                .isEqualTo(new Command.Perform(first, Direction.FORWARD));
        wroteAt(101, no);
        assertThat(at(102).command())
                .isInstanceOfSatisfying(
                        Command.Record.class,
                        record -> assertThat(record.event()).isInstanceOf(RunEvent.RollbackBegun.class));
    }

    @Test
    void a_doubt_on_the_way_forward_is_not_settled_while_a_late_request_may_land_but_looks_go_on() {
        started().doubtfulShift(false);

        for (int second = 3; second < 8; second++) {
            assertThat(at(second).command()).isEqualTo(new Command.Measure(""));
        }
        assertThat(at(9).command()).isInstanceOf(Command.Settle.class);
    }

    @Test
    void a_receiver_that_refuses_late_requests_is_asked_at_once() {
        assertThat(started().doubtfulShift(true).at(3).command()).isInstanceOf(Command.Settle.class);
    }

    @Test
    void towards_safety_there_is_no_waiting() {
        started().doubtfulShift(false).ordered(new Order.Abort());

        assertThat(at(3).command())
                .isInstanceOfSatisfying(
                        Command.Record.class,
                        record -> assertThat(record.event()).isInstanceOf(RunEvent.RollbackBegun.class));
    }

    @Test
    void what_is_there_is_observed_before_anything_is_restored() {
        started().doubtfulShift(false).wrote(new RunEvent.RollbackBegun("ana", "said"));

        assertThat(at(3).command()).isEqualTo(new Command.Measure(""));
    }

    @Test
    void a_run_that_holds_moves_nothing() {
        started().wrote(new RunEvent.Held(RunEvent.Held.Cause.ORDER, "a person said so"));

        assertThat(at(3).command()).isInstanceOf(Command.WaitUntil.class);
    }

    @Test
    void a_run_that_changed_nothing_is_aborted_unchanged() {
        started().ordered(new Order.Abort()).wrote(new RunEvent.RollbackBegun("ana", "said"));
        wrote(new RunEvent.RouteChosen(Route.DISARM, "nothing to carry"));

        assertThat(at(5).command())
                .isEqualTo(new Command.Record(new RunEvent.Ended(RunStatus.ABORTED_UNCHANGED, List.of(), "said")));
    }

    @Test
    void an_order_to_go_back_after_commit_holds_once_and_does_not_spin() {
        started().wrote(new RunEvent.GateAsked("commit", "?")).wrote(new RunEvent.GatePassed("commit", "yes"));
        ordered(new Order.Abort());

        Decision held = at(6);

        assertThat(held.command())
                .isInstanceOfSatisfying(
                        Command.Record.class,
                        record -> assertThat(record.event()).isInstanceOf(RunEvent.Held.class));
        wrote(((Command.Record) held.command()).event());
        assertThat(at(7).command()).isInstanceOf(Command.WaitUntil.class);
    }

    @Test
    void a_gate_is_asked_once_and_then_waited_for() {
        started();
        for (Act act : PROGRAM.acts()) {
            if (act instanceof Act.Await) {
                break;
            }
            wrote(measured(act.id()));
        }

        assertThat(at(20).command()).isEqualTo(new Command.AskApproval("go"));
        wrote(new RunEvent.GateAsked("go", "?"));
        assertThat(at(21).command()).isInstanceOf(Command.WaitUntil.class);
    }

    @Test
    void a_decision_is_a_pure_function() {
        started().doubtfulShift(false);

        assertThat(at(3)).isEqualTo(at(3));
        assertThat(state()).isEqualTo(state());
    }

    @Test
    void the_way_back_is_closed_while_the_target_takes_writes_that_nobody_captures() {
        started();
        intended(
                "release/open orders at target",
                Resource.fence("orders", Side.TARGET),
                Image.of("fence", "closed"),
                Image.of("fence", "open"),
                true);
        wrote(new RunEvent.StepVerified(
                "release/open orders at target",
                Direction.FORWARD,
                1,
                "fence:orders@target",
                Image.of("fence", "open"),
                false,
                "read back"));

        assertThat(Rules.wayBack(SHOP, state()).wayBack()).isEqualTo(WayBack.CLOSED);
    }
}
