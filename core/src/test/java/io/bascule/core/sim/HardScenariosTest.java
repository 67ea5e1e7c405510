package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Resource;
import io.bascule.core.run.Act;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.Program;
import io.bascule.core.run.Route;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunEvent.Held.Cause;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.WayBack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The hard scenarios of the contract, each where the simulator can show it. Numbers are the contract's. */
class HardScenariosTest {
    private static final CutoverPlan SHOP = SimPlans.dataFirst();
    private static final List<SimJournal.Break> ALL = List.of(SimJournal.Break.values());
    private static final List<SimJournal.Break> CRASHES =
            List.of(SimJournal.Break.CRASH_BEFORE, SimJournal.Break.CRASH_AFTER);

    private static Result run(CutoverPlan plan, Faults faults) {
        Result result = Simulation.of(plan, 11)
                .faults(faults)
                .people(Operator.Care.ABSENT, true)
                .run();
        assertThat(result.violation()).as(result.story(30)).isEmpty();
        return result;
    }

    private static void ended(Result result, RunStatus status) {
        assertThat(result.status()).as(result.story(25)).isEqualTo(status);
    }

    private static void holds(Result result, Cause cause) {
        ended(result, RunStatus.HOLDING);
        assertThat(result.state().held().orElseThrow().cause())
                .as(result.story(25))
                .isEqualTo(cause);
    }

    private static Faults at(String act, java.util.function.Consumer<Trial> what) {
        return Faults.none().when("at " + act, Faults.at(act), what);
    }

    private static Stream<String> intents(Result result) {
        return result.entries().stream()
                .map(Entry::event)
                .filter(RunEvent.IntentRecorded.class::isInstance)
                .map(event -> ((RunEvent.IntentRecorded) event).act());
    }

    private static Predicate<Entry> rollback() {
        return Faults.is(RunEvent.RollbackBegun.class);
    }

    /** 1 */
    @Test
    void kill_at_every_journal_write_of_every_shape_ends_like_an_undisturbed_run() {
        for (CutoverPlan plan : SimPlans.all()) {
            Program program = Program.of(plan);
            int writes = Simulation.of(plan, program, 3).run().entries().size();
            for (int n = 1; n <= writes; n++) {
                for (SimJournal.Break how : plan.equals(SHOP) ? ALL : CRASHES) {
                    Result result = Simulation.of(plan, program, 3)
                            .faults(Faults.none().breakAt(n, how).always("soon", HardScenariosTest::soon))
                            .people(Operator.Care.ABSENT, true)
                            .quick()
                            .run();
                    assertThat(result.violation()).as(result.story(20)).isEmpty();
                    ended(result, RunStatus.COMPLETED);
                }
            }
        }
    }

    private static void soon(Trial trial) {
        trial.takeOverAfter(Duration.ofMillis(400));
    }

    /** 1, on the way back */
    @Test
    void kill_at_every_journal_write_of_a_roll_back_ends_rolled_back() {
        for (CutoverPlan plan : List.of(
                SHOP, SimPlans.webFirst(), SimPlans.flip(), SimPlans.severalOfEverything(), SimPlans.inTurn())) {
            Program program = Program.of(plan);
            Faults abort = at("bake/watch", trial -> trial.order(new Order.Abort(), "ana"));
            int writes = Simulation.of(plan, program, 3)
                    .faults(abort)
                    .run()
                    .entries()
                    .size();
            for (int n = 50; n <= writes; n++) {
                for (SimJournal.Break how : CRASHES) {
                    Result result = Simulation.of(plan, program, 3)
                            .faults(abort.breakAt(n, how).always("soon", HardScenariosTest::soon))
                            .people(Operator.Care.ABSENT, true)
                            .quick()
                            .run();
                    assertThat(result.violation()).as(result.story(20)).isEmpty();
                    ended(result, RunStatus.ROLLED_BACK);
                    assertThat(result.unchanged()).as(result.story(20)).isTrue();
                }
            }
        }
    }

    /** 2 */
    @Test
    void a_lost_reply_and_throttling_for_minutes_do_not_stop_a_roll_back() {
        Faults faults = at("shift/watch 50%", trial -> trial.order(new Order.Abort(), "ana"))
                .when("throttled", rollback(), trial -> {
                    trial.trouble().rate(Fate.LOST_REPLY, 0.5);
                    trial.routerRefuses(Duration.ofMinutes(4));
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).isTrue();
        assertThat(result.rollback().orElseThrow()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    /** 3 */
    @Test
    void an_edit_by_someone_else_during_the_bake_is_found_and_not_overwritten() {
        Faults faults = at("bake/watch", trial -> {
            trial.drift(Resource.traffic("web"), "source", "3000");
            trial.drift(Resource.traffic("web"), "target", "7000");
        });

        Result result = run(SHOP, faults);

        holds(result, Cause.DRIFT);
        assertThat(result.state().reason()).contains("recorded", "expected", "found");
        assertThat(intents(result)).doesNotContain("home/restore traffic:web");
    }

    /** 5 */
    @Test
    void one_bad_sample_does_not_abort() {
        Faults faults = at(
                "shift/watch 50%",
                trial -> {
                    trial.errors(Side.TARGET, 0.5);
                    trial.in(Duration.ofMillis(1900), () -> trial.errors(Side.TARGET, 0));
                });

        ended(run(SHOP, faults), RunStatus.COMPLETED);
    }

    /** 5 */
    @Test
    void two_percent_more_errors_fail_the_stage() {
        Result result = run(SHOP, at("shift/watch 25%", trial -> trial.errors(Side.TARGET, 0.03)));

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.state().rollback().orElseThrow().reason()).contains("windows failed");
    }

    /** 5 */
    @Test
    void dead_metrics_hold_and_then_the_policy_acts() {
        Result result = run(SHOP, at("shift/watch 25%", trial -> trial.trouble().metricsDead(3_600_000)));

        holds(result, Cause.NO_DATA);
        assertThat(intents(result)).doesNotContain("shift/web 50%");
    }

    /** 5 */
    @Test
    void traffic_that_falls_to_zero_is_inconclusive_and_the_soak_goes_on() {
        Faults faults = at(
                "shift/watch 25%",
                trial -> {
                    trial.traffic(0);
                    trial.in(Duration.ofMinutes(30), () -> trial.traffic(500));
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.COMPLETED);
        assertThat(result.lasted()).isGreaterThan(Duration.ofMinutes(30));
    }

    /** 5 */
    @Test
    void a_healthy_target_without_an_error_series_passes_by_its_declared_absence() {
        CutoverPlan undeclared = new CutoverPlan(
                SHOP.name(),
                SHOP.title(),
                SHOP.shape(),
                SHOP.window(),
                SHOP.people(),
                SHOP.environments(),
                SHOP.entrances(),
                SHOP.datasets(),
                SHOP.writers(),
                SHOP.metrics().stream()
                        .map(metric -> new Metric(metric.name(), metric.from(), metric.kind(), OptionalLong.empty()))
                        .toList(),
                SHOP.judgement(),
                SHOP.without("judge").phases(),
                SHOP.tell(),
                SHOP.follows(),
                SHOP.hash());

        Result declared = run(SHOP, Faults.none());
        Result silent = run(undeclared, Faults.none());

        ended(declared, RunStatus.COMPLETED);
        assertThat(declared.entries())
                .anyMatch(entry -> entry.event() instanceof RunEvent.Judged judged
                        && judged.act().equals("shift/watch 50%")
                        && judged.verdict().equals("PASS")
                        && Double.valueOf(0).equals(judged.values().get("errors@target")));
        holds(silent, Cause.NO_DATA);
    }

    /** 6 */
    @Test
    void a_target_that_fails_while_the_source_is_unhealthy_holds_and_shows_both() {
        Faults faults = at("bake/watch", trial -> {
            trial.errors(Side.TARGET, 0.4);
            trial.unhealthy(Side.SOURCE, Duration.ofHours(5));
        });

        Result result = run(SHOP, faults);

        holds(result, Cause.SOURCE_UNHEALTHY);
        assertThat(result.state().reason()).contains("the source cannot take users", "the target");
        assertThat(intents(result)).noneMatch(act -> act.startsWith("home/"));
    }

    /** 7 */
    @Test
    void stickiness_that_bends_the_share_is_not_judged_and_not_advanced() {
        Faults faults = at("shift/watch 50%", trial -> trial.bend(0.24));

        Result result = run(SHOP, faults);

        assertThat(intents(result)).doesNotContain("shift/web 100%");
        assertThat(result.entries())
                .anyMatch(entry -> entry.event() instanceof RunEvent.Judged judged
                        && judged.reason().contains("sends 12.0% to the target, the weight is 50%"));
    }

    /** 7 */
    @Test
    void a_roll_back_waits_for_sticky_clients_that_the_platform_leaves_on_the_target() {
        Faults faults = at("shift/watch 50%", trial -> trial.order(new Order.Abort(), "ana"))
                .always("sticky", trial -> trial.sticky(Duration.ofMinutes(7)));

        Result result = Simulation.of(SHOP, 11)
                .faults(faults)
                .physics(Physics.SOUND.leavingSticky())
                .people(Operator.Care.ABSENT, true)
                .run();

        assertThat(result.violation()).as(result.story(30)).isEmpty();
        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.rollback().orElseThrow()).isGreaterThan(Duration.ofMinutes(7));
    }

    /** 8 */
    @Test
    void a_stale_lease_is_refused_and_the_run_goes_on_elsewhere() {
        ended(run(SHOP, Faults.none().breakAt(30, SimJournal.Break.STALE)), RunStatus.COMPLETED);
    }

    /** 8 */
    @Test
    void an_entrance_claimed_by_another_plan_is_refused_at_go() {
        Faults faults = Faults.none().always("claimed", trial -> trial.claimedByOther("web", "other-1"));

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ABORTED_UNCHANGED);
        assertThat(result.state().reason()).contains("claimed by other-1");
    }

    /** 9 */
    @Test
    void a_failure_after_commit_never_rolls_back_by_itself() {
        Result result = run(SimPlans.commitFirst(), at("shift/watch 100%", trial -> trial.errors(Side.TARGET, 0.5)));

        holds(result, Cause.WAY_BACK_CLOSED);
        assertThat(result.has(RunEvent.RollbackBegun.class)).isFalse();
    }

    /** 9 */
    @Test
    void with_reverse_capture_new_writes_come_home_and_are_proved_equal() {
        Result result = run(SHOP, at("bake/watch", trial -> trial.errors(Side.TARGET, 0.5)));

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).as(result.story(20)).isTrue();
        assertThat(result.entries())
                .anyMatch(entry -> entry.event() instanceof RunEvent.Measured measured
                        && measured.act().equals("home/carried orders")
                        && measured.verdict().equals("PASS"));
    }

    /** 10 */
    @Test
    void a_disk_that_is_full_stops_forward_motion_before_the_call() {
        for (int n = 10; n < 60; n++) {
            Result result = run(SHOP, Faults.none().breakAt(n, SimJournal.Break.UNCERTAIN_LOST));
            ended(result, RunStatus.COMPLETED);
        }
    }

    /** 10 */
    @Test
    void dead_metrics_do_not_delay_a_roll_back() {
        Faults faults = at(
                "shift/watch 50%",
                trial -> {
                    trial.trouble().metricsDead(3_600_000);
                    trial.order(new Order.Abort(), "ana");
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.rollback().orElseThrow()).isLessThan(Duration.ofSeconds(30));
    }

    /** 11 */
    @Test
    void a_target_database_that_dies_holds_and_only_accepted_loss_goes_on() {
        Faults dies = at("shift/watch 50%", trial -> trial.databaseDies(Side.TARGET, Duration.ofHours(9)));

        Result held = run(SHOP, dies);
        Result accepted = run(
                SHOP,
                dies.when(
                        "loss accepted",
                        Faults.is(RunEvent.Held.class),
                        Duration.ofMinutes(1),
                        trial -> trial.order(new Order.Rollback(false, true), "ben")));

        ended(held, RunStatus.HOLDING);
        assertThat(held.state().wayBack()).isEqualTo(WayBack.CLOSED);
        assertThat(held.state().wayBackWhy()).contains("writes would be lost");
        assertThat(intents(held)).doesNotContain("home/hold web");
        ended(accepted, RunStatus.ROLLBACK_INCOMPLETE);
        assertThat(accepted.state().ended().orElseThrow().residue()).anyMatch(r -> r.startsWith("fence:orders@target"));
    }

    /** 12 */
    @Test
    void while_the_router_refuses_the_data_leg_does_not_start() {
        Faults faults = at(
                "shift/watch 50%",
                trial -> {
                    trial.routerRefuses(Duration.ofMinutes(14));
                    trial.order(new Order.Abort(), "ana");
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ROLLED_BACK);
        long back = seq(result, "home/restore traffic:web");
        long fenced = seq(result, "home/hold web");
        assertThat(fenced).isGreaterThan(back);
    }

    private static long seq(Result result, String act) {
        return result.entries().stream()
                .filter(entry -> entry.event() instanceof RunEvent.StepVerified verified
                        && verified.act().equals(act))
                .findFirst()
                .map(Entry::seq)
                .orElseThrow();
    }

    /** 13 */
    @Test
    void when_nobody_comes_the_source_reopens_by_itself_and_the_run_starts_again_at_freeze() {
        Faults faults = at("compare-data/equal", trial -> {
            trial.takeOverAfter(Duration.ofMinutes(50));
            trial.journal().breakAt(trial.journal().appends() + 1, SimJournal.Break.CRASH_BEFORE);
        });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.COMPLETED);
        assertThat(result.has(RunEvent.LeaseExpired.class)).isTrue();
        assertThat(intents(result).filter("freeze/hold web"::equals)).hasSize(2);
        assertThat(intents(result).filter("sync/copy orders"::equals)).hasSize(2);
    }

    /** 14 */
    @Test
    void a_forgotten_job_that_writes_in_the_freeze_is_found_and_never_overwritten() {
        Faults faults = at(
                "compare-data/equal",
                trial -> trial.in(Duration.ofMillis(1), () -> trial.forgottenJobWrites(Side.SOURCE)));

        Result result = run(SHOP, faults);

        assertThat(result.status()).isIn(RunStatus.ABORTED_UNCHANGED, RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).isTrue();
    }

    /** 15 */
    @Test
    void reverse_capture_lost_in_the_bake_closes_the_way_back_and_disarms_the_return() {
        Faults faults = at("bake/watch", trial -> {
            trial.loseReverse();
            trial.in(Duration.ofSeconds(5), () -> trial.errors(Side.TARGET, 0.5));
        });

        Result result = run(SHOP, faults);

        holds(result, Cause.WAY_BACK_CLOSED);
        assertThat(result.state().wayBack()).isEqualTo(WayBack.CLOSED);
        assertThat(result.has(RunEvent.RollbackBegun.class)).isFalse();
    }

    /** 16 */
    @Test
    void skipping_compare_data_is_refused() {
        Result result = run(SHOP, at("freeze/hold web", trial -> trial.order(new Order.Skip("compare-data"), "ana")));

        ended(result, RunStatus.COMPLETED);
        assertThat(result.has(RunEvent.OrderRefused.class)).isTrue();
    }

    /** 16 */
    @Test
    void abort_after_commit_holds() {
        Faults faults = Faults.none()
                .when(
                        "abort",
                        entry -> entry.event() instanceof RunEvent.GatePassed gate
                                && gate.gate().equals("commit"),
                        trial -> trial.order(new Order.Abort(), "ana"));

        Result result = run(SimPlans.dataFirst(), faults);

        assertThat(result.has(RunEvent.RollbackBegun.class)).isFalse();
        assertThat(result.status()).isIn(RunStatus.HOLDING, RunStatus.COMPLETED);
    }

    /** 16 */
    @Test
    void a_window_that_closes_with_the_gate_still_waiting_goes_home() {
        Faults faults = Faults.none().always("nobody answers commit", _ -> {});

        Result result = Simulation.of(SHOP, 11)
                .faults(faults.when("only go is approved", asked("go"), trial -> {
                    trial.order(new Order.Approve("go"), "ana");
                    trial.order(new Order.Approve("go"), "ben");
                }))
                .people(Operator.Care.ABSENT, false)
                .patience(Duration.ofHours(8))
                .run();

        assertThat(result.violation()).as(result.story(20)).isEmpty();
        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.state().rollback().orElseThrow().reason()).contains("latest safe decision");
    }

    private static Predicate<Entry> asked(String gate) {
        return entry -> entry.event() instanceof RunEvent.GateAsked asked
                && asked.gate().equals(gate);
    }

    @Test
    void every_act_of_every_shape_that_fails_for_good_ends_as_the_contract_says() {
        for (CutoverPlan plan : SimPlans.all()) {
            List<Rehearsal.Line> lines = Rehearsal.rehearseEveryStep(plan, 5);

            assertThat(lines)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(line -> assertThat(line.good())
                            .as(plan.name() + ": " + line)
                            .isTrue());
        }
    }

    @Test
    void the_home_route_carries_and_the_disarm_route_does_not() {
        Result home = run(SHOP, at("bake/watch", trial -> trial.order(new Order.Abort(), "ana")));
        Result disarm = run(SHOP, at("sync/copy orders", trial -> trial.order(new Order.Abort(), "ana")));

        assertThat(home.state().route()).contains(Route.HOME);
        assertThat(disarm.state().route()).contains(Route.DISARM);
        assertThat(Program.of(SHOP).acts()).extracting(Act::id).allMatch(Objects::nonNull);
    }
}
