package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.JudgementRule.NoDataPolicy;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseId;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Step;
import io.bascule.core.plan.Window;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.ForwardingActuator;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Resource;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunEvent.Held.Cause;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Surroundings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people and platforms do to a run, beside the sixteen hard scenarios: one whole run each. */
class OperatingScenariosTest {
    private static final CutoverPlan SHOP = SimPlans.dataFirst();

    private static Result run(CutoverPlan plan, Faults faults) {
        Result result = Simulation.of(plan, 11)
                .faults(faults)
                .people(Operator.Care.ABSENT, true)
                .patience(Duration.ofMinutes(30))
                .run();
        assertThat(result.violation()).as(result.story(30)).isEmpty();
        return result;
    }

    private static void ended(Result result, RunStatus status) {
        assertThat(result.status()).as(result.story(25)).isEqualTo(status);
    }

    private static void held(Result result, Cause cause) {
        ended(result, RunStatus.HOLDING);
        assertThat(result.state().held().orElseThrow().cause())
                .as(result.story(25))
                .isEqualTo(cause);
    }

    private static Faults at(String act, Consumer<Trial> what) {
        return Faults.none().when("at " + act, Faults.at(act), what);
    }

    private static Predicate<Entry> held(Cause cause) {
        return entry -> entry.event() instanceof RunEvent.Held held && held.cause() == cause;
    }

    private static Predicate<Entry> asked(String gate) {
        return entry -> entry.event() instanceof RunEvent.GateAsked asked
                && asked.gate().equals(gate);
    }

    private static Predicate<Entry> first(Predicate<Entry> fits) {
        boolean[] seen = {false};
        return entry -> !seen[0] && (seen[0] = fits.test(entry));
    }

    private static Stream<String> intents(Result result) {
        return result.entries().stream()
                .map(Entry::event)
                .filter(RunEvent.IntentRecorded.class::isInstance)
                .map(event -> ((RunEvent.IntentRecorded) event).act());
    }

    private static long count(Result result, Class<? extends RunEvent> type) {
        return result.entries().stream()
                .filter(entry -> type.isInstance(entry.event()))
                .count();
    }

    private static CutoverPlan with(
            CutoverPlan plan, UnaryOperator<Window> window, UnaryOperator<JudgementRule> rule, List<Phase> phases) {
        return new CutoverPlan(
                plan.name(),
                plan.title(),
                plan.shape(),
                window.apply(plan.window()),
                plan.people(),
                plan.environments(),
                plan.entrances(),
                plan.datasets(),
                plan.writers(),
                plan.metrics(),
                rule.apply(plan.judgement()),
                phases,
                plan.tell(),
                plan.follows(),
                plan.hash());
    }

    private static CutoverPlan withoutData(CutoverPlan plan, NoDataPolicy then) {
        return with(
                plan,
                UnaryOperator.identity(),
                rule -> new JudgementRule(
                        rule.every(),
                        rule.over(),
                        rule.failures(),
                        rule.windows(),
                        rule.minRequests(),
                        rule.shareBand(),
                        rule.noDataAfter(),
                        then,
                        rule.limits(),
                        rule.againstSource()),
                plan.phases());
    }

    private static CutoverPlan atTurnaround(CutoverPlan plan, Window.AtTurnaround policy) {
        return with(
                plan,
                window -> new Window(window.opens(), window.lasts(), window.margin(), policy),
                UnaryOperator.identity(),
                plan.phases());
    }

    @Test
    void a_hold_inside_the_freeze_of_the_way_home_is_resumed_where_it_stood() {
        Faults faults = at("bake/watch", trial -> trial.order(new Order.Abort(), "ana"))
                .when("hold", Faults.at("home/fenced orders"), trial -> {
                    trial.order(new Order.Hold(), "ana");
                    trial.in(Duration.ofSeconds(3), () -> trial.order(new Order.Resume(false), "ana"));
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).isTrue();
        assertThat(count(result, RunEvent.Held.class)).as(result.story(60)).isZero();
        assertThat(intents(result).filter("home/hold web"::equals)).hasSize(1);
    }

    @Test
    void the_entrances_are_claimed_before_the_first_write_to_one_though_that_is_in_prepare() {
        List<String> acts = run(SimPlans.stateless(), Faults.none()).entries().stream()
                .map(Entry::event)
                .flatMap(event -> switch (event) {
                    case RunEvent.Measured measured -> Stream.of(measured.act());
                    case RunEvent.IntentRecorded intent -> Stream.of(intent.act());
                    default -> Stream.empty();
                })
                .toList();

        assertThat(acts).startsWith("claims/take");
        assertThat(acts.get(1)).startsWith("prepare-dns/");
        assertThat(acts).filteredOn("claims/take"::equals).hasSize(1);
    }

    @Test
    void a_source_is_not_removed_after_a_run_that_went_back() {
        Result result = run(SimPlans.decommission(), Faults.none().always("went back", Trial::followedWentBack));

        ended(result, RunStatus.HOLDING);
        assertThat(result.unchanged()).isTrue();
        assertThat(intents(result)).isEmpty();
        ended(run(SimPlans.decommission(), Faults.none()), RunStatus.COMPLETED);
    }

    @Test
    void the_sources_capacity_is_raised_but_never_lowered_before_decommission() {
        for (int amount : new int[] {6, 2}) {
            PlanBuilder plan = new PlanBuilder("lowers", Shape.STATELESS).entrance("web");
            plan.step(PhaseKind.PREPARE, new Action.Capacity(Side.SOURCE, Settings.of("sim"), amount));
            plan.gate(PhaseKind.GO, 2, false, "lead", "dba").shift(100);

            Result result = run(plan.build(), Faults.none());

            assertThat(intents(result).anyMatch("capacity/set"::equals)).isEqualTo(amount > 4);
            assertThat(result.state().reason().contains("kept until DECOMMISSION"))
                    .isEqualTo(amount < 4);
        }
    }

    @Test
    void the_sources_capacity_is_not_taken_after_a_run_that_went_back() {
        PlanBuilder plan = new PlanBuilder("decommission", Shape.DECOMMISSION);
        plan.gate(PhaseKind.GO, 2, false, "lead", "dba");
        plan.step(PhaseKind.DECOMMISSION, new Action.Capacity(Side.SOURCE, Settings.of("sim"), 0));

        Result result = run(plan.build(), Faults.none().always("went back", Trial::followedWentBack));

        ended(result, RunStatus.HOLDING);
        assertThat(intents(result)).isEmpty();
        assertThat(intents(run(plan.build(), Faults.none()))).containsExactly("capacity/set");
    }

    @Test
    void entrances_move_in_turn_each_held_against_its_own_weight() {
        Result result = run(SimPlans.inTurn(), Faults.none());

        ended(result, RunStatus.COMPLETED);
        assertThat(intents(result).filter(act -> act.startsWith("shift")))
                .containsExactly("shift/web 10%", "shift/web 100%", "shift.2/api 50%", "shift.2/api 100%");
        Result back = run(SimPlans.inTurn(), at("shift.2/watch 50%", trial -> trial.errors(Side.TARGET, 0.5)));
        ended(back, RunStatus.ROLLED_BACK);
        assertThat(back.unchanged()).isTrue();
        assertThat(back.violation()).isEmpty();
    }

    @Test
    void what_a_platform_switched_over_by_itself_is_switched_back_once_the_source_is_open() {
        Result there = run(SimPlans.byMeans(), Faults.none());
        ended(there, RunStatus.COMPLETED);
        assertThat(intents(there)).contains("sync.4/switch");

        Result back = run(SimPlans.byMeans(), at("shift/watch 50%", trial -> trial.errors(Side.TARGET, 0.5)));
        ended(back, RunStatus.ROLLED_BACK);
        assertThat(back.unchanged()).isTrue();
        assertThat(intents(back).filter(act -> act.startsWith("home")).toList())
                .containsSubsequence("home/restore fence:orders@source", "home/restore switch:sync.4");
    }

    @Test
    void a_change_that_was_broken_off_half_way_is_ours_and_is_finished() {
        Faults faults = at("bake/watch", trial -> trial.order(new Order.Abort(), "ana"));

        Result result = Simulation.of(SHOP, 11)
                .faults(faults)
                .around(around -> Planted.actuators(sound -> brokenOffOnce(sound, (SimWorld) around.adapters()))
                        .apply(around))
                .people(Operator.Care.ABSENT, true)
                .run();

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.violation()).isEmpty();
        assertThat(result.unchanged()).isTrue();
        assertThat(count(result, RunEvent.Held.class)).as(result.story(60)).isZero();
        assertThat(intents(result).filter("home/restore singleton:invoices"::equals))
                .hasSize(2);
    }

    /** Of the job's two sides, the first attempt to restore them reaches the target only. */
    private static Actuator brokenOffOnce(Actuator sound, SimWorld world) {
        return new ForwardingActuator(sound) {
            @Override
            public boolean inParts() {
                return true;
            }

            @Override
            public Outcome apply(Change change, Deadline deadline) {
                if (!change.token().endsWith("/home/restore singleton:invoices/back/1")) {
                    return super.apply(change, deadline);
                }
                TreeMap<String, String> half = new TreeMap<>(change.expected().owned());
                half.remove("else-target");
                world.resource(Resource.singleton("invoices"))
                        .become(new Image(half, change.expected().context()));
                return new Outcome.Unknown("broken off between the two sides");
            }
        };
    }

    @Test
    void a_hold_in_the_freeze_that_outlasts_it_starts_the_way_home_again() {
        Faults faults = at("bake/watch", trial -> trial.order(new Order.Abort(), "ana"))
                .when("hold", Faults.at("home/fenced orders"), trial -> {
                    trial.order(new Order.Hold(), "ana");
                    trial.in(Duration.ofMinutes(3), () -> trial.order(new Order.Resume(false), "ana"));
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).isTrue();
        assertThat(count(result, RunEvent.LeaseExpired.class)).isEqualTo(1);
    }

    @Test
    void an_entrance_that_another_run_has_claimed_is_not_prepared_either() {
        Faults faults = Faults.none().always("claimed", trial -> trial.claimedByOther("api", "other-1"));

        Result result = run(SimPlans.inTurn(), faults);

        ended(result, RunStatus.ABORTED_UNCHANGED);
        assertThat(intents(result)).isEmpty();
        assertThat(result.state().reason()).contains("claimed by other-1");
    }

    @Test
    void what_cannot_be_read_for_a_while_is_read_again_before_anybody_gives_up() {
        for (int surveys = 0; surveys < 2; surveys++) {
            int before = surveys;
            AtomicInteger lost = new AtomicInteger();
            Result result = Simulation.of(SHOP, 11)
                    .around(around -> Planted.actuators(sound ->
                                    unseen(sound, () -> surveyed(around) == before && lost.incrementAndGet() <= 4))
                            .apply(around))
                    .people(Operator.Care.ABSENT, true)
                    .run();
            ended(result, RunStatus.COMPLETED);
            assertThat(lost.get()).isGreaterThan(4);
        }
    }

    private static long surveyed(Surroundings around) {
        return around.journal().entries().stream()
                .filter(entry -> entry.event() instanceof RunEvent.Surveyed)
                .count();
    }

    private static Actuator unseen(Actuator sound, BooleanSupplier when) {
        return new ForwardingActuator(sound) {
            @Override
            public Reading observe(Deadline deadline) {
                return when.getAsBoolean() ? new Reading.Unseen("throttled") : super.observe(deadline);
            }
        };
    }

    @Test
    void an_entrance_that_another_run_has_claimed_is_not_written_to() {
        Result result = run(SHOP, at("shift/watch 25%", trial -> trial.claimedByOther("web", "other-1")));

        held(result, Cause.CLAIM);
        assertThat(result.state().reason()).contains("web", "other-1");
        assertThat(intents(result)).contains("shift/web 25%").doesNotContain("shift/web 50%");
    }

    @Test
    void a_claim_that_was_lost_and_is_free_again_is_taken_again_on_resume() {
        Faults faults = at("shift/watch 25%", trial -> trial.claimedByOther("web", "other-1", Duration.ofSeconds(20)))
                .when(
                        "resumed",
                        held(Cause.CLAIM),
                        Duration.ofMinutes(1),
                        trial -> trial.order(new Order.Resume(false), "ana"));

        ended(run(SHOP, faults), RunStatus.COMPLETED);
    }

    @Test
    void a_claim_that_is_still_anothers_holds_again_on_resume() {
        Faults faults = at("shift/watch 25%", trial -> trial.claimedByOther("web", "other-1"))
                .when(
                        "resumed",
                        first(held(Cause.CLAIM)),
                        Duration.ofMinutes(1),
                        trial -> trial.order(new Order.Resume(false), "ana"));

        Result result = run(SHOP, faults);

        held(result, Cause.CLAIM);
        assertThat(result.has(RunEvent.RollbackBegun.class)).isFalse();
    }

    @Test
    void a_stale_claim_is_taken_over_on_the_way_back() {
        Faults faults = at(
                "shift/watch 50%",
                trial -> {
                    trial.claimedByOther("web", "other-1", Duration.ofSeconds(1));
                    trial.in(Duration.ofSeconds(2), () -> trial.order(new Order.Abort(), "ana"));
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).isTrue();
    }

    @Test
    void a_claim_that_cannot_be_given_up_is_named_and_does_not_hold_up_the_end() {
        Faults faults = at("shift/watch 50%", trial -> trial.order(new Order.Abort(), "ana"))
                .always("claims stay", Trial::claimsStay);

        Result result = run(SHOP, faults);

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.rollback().orElseThrow()).isLessThan(Duration.ofSeconds(30));
        assertThat(result.state().exceptions()).singleElement().asString().contains("web", "claim");
    }

    @Test
    void without_data_a_run_goes_back_one_stage_and_forward_again_when_there_is_data() {
        CutoverPlan plan = withoutData(SHOP, NoDataPolicy.BACK_ONE_STAGE);
        Faults faults = at("shift/watch 50%", trial -> trial.trouble().metricsDead(400_000));

        Result result = run(plan, faults);

        ended(result, RunStatus.COMPLETED);
        assertThat(intents(result).filter(act -> act.startsWith("shift/web")))
                .containsExactly(
                        "shift/web 10%",
                        "shift/web 25%", "shift/web 50%", "shift/web 25%", "shift/web 50%", "shift/web 100%");
        assertThat(count(result, RunEvent.SteppedBack.class)).isEqualTo(1);
    }

    @Test
    void without_data_for_good_a_run_goes_back_stage_by_stage_and_then_home() {
        CutoverPlan plan = withoutData(SHOP, NoDataPolicy.BACK_ONE_STAGE);

        Result result = run(plan, at("bake/watch", trial -> trial.trouble().metricsDead(36_000_000)));

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).isTrue();
        assertThat(intents(result).filter(act -> act.startsWith("shift/web")).skip(4))
                .containsExactly("shift/web 50%", "shift/web 25%", "shift/web 10%");
    }

    @Test
    void a_source_that_cannot_bear_more_users_is_given_none_without_data() {
        CutoverPlan plan = withoutData(SHOP, NoDataPolicy.BACK_ONE_STAGE);
        Faults faults = at(
                "shift/watch 50%",
                trial -> {
                    trial.trouble().metricsDead(36_000_000);
                    trial.unhealthy(Side.SOURCE, Duration.ofHours(5));
                });

        Result result = run(plan, faults);

        held(result, Cause.NO_DATA);
        assertThat(result.state().reason()).contains("the source cannot take more users");
    }

    @Test
    void where_data_moved_since_the_stage_before_no_data_goes_all_the_way_home() {
        CutoverPlan plan = withoutData(SimPlans.webFirst(), NoDataPolicy.BACK_ONE_STAGE);

        Result result = run(plan, at("bake.2/watch", trial -> trial.trouble().metricsDead(36_000_000)));

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(count(result, RunEvent.SteppedBack.class)).isZero();
    }

    @Test
    void a_gate_that_says_nothing_of_it_ends_with_the_window() {
        List<Phase> phases = new ArrayList<>(SHOP.phases());
        Phase go = phases.stream()
                .filter(phase -> phase.gate().isPresent())
                .findFirst()
                .orElseThrow();
        phases.set(0, new Phase(phases.getFirst().id(), phases.getFirst().steps(), go.gate()));
        CutoverPlan plan = with(SHOP, UnaryOperator.identity(), UnaryOperator.identity(), phases);

        Result result = Simulation.of(plan, 11)
                .people(Operator.Care.ABSENT, false)
                .patience(Duration.ofHours(9))
                .run();

        assertThat(result.violation()).as(result.story(20)).isEmpty();
        ended(result, RunStatus.ABORTED_UNCHANGED);
        assertThat(result.state().reason()).contains("nobody answered prepare");
    }

    @Test
    void a_rejected_commit_holds_and_is_asked_again_on_resume() {
        Faults faults = goOnly().when(
                        "rejected", first(asked("commit")), trial -> trial.order(new Order.Reject("commit"), "ana"))
                .when("resumed", held(Cause.REJECTED), Duration.ofMinutes(5), trial -> {
                    trial.order(new Order.Resume(false), "ana");
                    trial.in(Duration.ofSeconds(20), () -> trial.order(new Order.Approve("commit"), "ana"));
                });

        Result result = unanswered(SHOP, faults);

        ended(result, RunStatus.COMPLETED);
        assertThat(result.entries().stream().filter(asked("commit"))).hasSize(2);
    }

    private static Faults goOnly() {
        return Faults.none().when("only go is approved", asked("go"), trial -> {
            trial.order(new Order.Approve("go"), "ana");
            trial.order(new Order.Approve("go"), "ben");
        });
    }

    @Test
    void a_commit_that_nobody_answers_does_what_the_plan_says_of_the_turnaround() {
        Result holds = unanswered(atTurnaround(SHOP, Window.AtTurnaround.HOLD), goOnly());
        Result back = unanswered(atTurnaround(SHOP, Window.AtTurnaround.ROLL_BACK), goOnly());

        held(holds, Cause.TURNAROUND);
        ended(back, RunStatus.ROLLED_BACK);
    }

    private static Result unanswered(CutoverPlan plan, Faults faults) {
        Result result = Simulation.of(plan, 11)
                .faults(faults)
                .people(Operator.Care.ABSENT, false)
                .patience(Duration.ofHours(9))
                .run();
        assertThat(result.violation()).as(result.story(20)).isEmpty();
        return result;
    }

    @Test
    void commit_after_too_little_load_needs_a_reason_that_the_end_names() {
        Faults quiet = at("freeze/hold web", trial -> trial.traffic(300));
        Faults unsaid =
                quiet.when("no reason", asked("commit"), trial -> trial.order(new Order.Approve("commit"), "ana"));

        Result result = run(SHOP, unsaid);

        ended(result, RunStatus.COMPLETED_WITH_EXCEPTIONS);
        assertThat(result.entries())
                .anyMatch(entry -> entry.event() instanceof RunEvent.OrderRefused refused
                        && refused.reason().contains("80%"));
        assertThat(result.entries().stream()
                        .filter(asked("commit"))
                        .map(entry -> entry.event().reason()))
                .singleElement()
                .asString()
                .contains("the target has carried up to", "of the source's 500");
        assertThat(result.state().exceptions()).singleElement().asString().contains("commit: approved by ana");
    }

    @Test
    void commit_after_the_whole_load_shows_it() {
        Result result = run(SHOP, Faults.none());

        ended(result, RunStatus.COMPLETED);
        assertThat(result.entries().stream()
                        .filter(asked("commit"))
                        .map(entry -> entry.event().reason()))
                .singleElement()
                .asString()
                .contains("100% of the source's 500");
    }

    @Test
    void a_commit_before_the_freeze_names_the_terms_that_the_freeze_is_held_to() {
        Result result = run(SimPlans.commitFirst(), Faults.none());

        ended(result, RunStatus.COMPLETED);
        assertThat(result.entries().stream()
                        .filter(asked("commit"))
                        .map(entry -> entry.event().reason()))
                .singleElement()
                .asString()
                .contains("0 differences", "a pause of at most 20 s", "smoke passed");
    }

    @Test
    void what_must_be_known_before_users_move_is_asked_anew_after_a_hold_however_slow_the_clock() {
        Faults faults = at("shift/watch 10%", trial -> trial.claimedByOther("web", "other-1", Duration.ofMinutes(1)))
                .always("careless receivers", trial -> trial.careless(_ -> true))
                .when("resumed", held(Cause.CLAIM), Duration.ofMinutes(2), trial -> {
                    trial.clockJumps(Duration.ofSeconds(-118));
                    trial.order(new Order.Resume(false), "ana");
                });

        Result result = run(SHOP, faults);

        ended(result, RunStatus.COMPLETED);
        assertThat(result.entries().stream()
                        .filter(entry -> entry.event() instanceof RunEvent.Measured measured
                                && measured.act().equals("shift/ready web 25%")))
                .hasSize(2);
    }

    @Test
    void an_edit_while_our_change_is_under_way_is_overtaken_by_it_and_is_no_drift_afterwards() {
        Resource name = Resource.traffic("name");
        Faults faults = Faults.none().when("edited", Faults.at("shift/name 50%"), Duration.ofMillis(100), trial -> {
            trial.drift(name, "source", "3000");
            trial.drift(name, "target", "7000");
        });

        ended(run(SimPlans.stateless(), faults), RunStatus.COMPLETED);
    }

    private static final Limit RELATIVE =
            new Limit("p95", Limit.Relation.AT_MOST, 1.5, 50, "p95 <= 1.5 x baseline + 50ms");

    @Test
    void an_objective_against_a_baseline_that_nobody_recorded_does_not_hold() {
        Result result = reviewed(List.of(RELATIVE));

        ended(result, RunStatus.COMPLETED_WITH_EXCEPTIONS);
        assertThat(result.state().exceptions()).singleElement().asString().contains("there is no baseline of it");
    }

    @Test
    void a_review_tells_every_objective_with_its_room_and_the_violated_ones_by_name() {
        Limit tight = new Limit("p95", Limit.Relation.AT_MOST, 0, 1, "p95 <= 1ms");
        Limit least = new Limit("p95", Limit.Relation.AT_LEAST, 0, 10_000, "p95 >= 10000ms");
        Limit errors = new Limit("errors", Limit.Relation.AT_MOST, 0, 0.01, "errors <= 1%");

        Result result = reviewed(List.of(RELATIVE, tight, least, errors));

        ended(result, RunStatus.COMPLETED_WITH_EXCEPTIONS);
        var measured = result.entries().stream()
                .map(Entry::event)
                .filter(RunEvent.Measured.class::isInstance)
                .map(RunEvent.Measured.class::cast)
                .filter(each -> each.act().startsWith("judge.2"))
                .findFirst()
                .orElseThrow();
        assertThat(measured.verdict()).isEqualTo("FAIL");
        assertThat(measured.facts()).containsEntry("errors.margin", "+0.01");
        assertThat(new BigDecimal(measured.facts().get("p95.margin"))).isLessThan(new BigDecimal(-5_000));
        assertThat(measured.facts().get("violated"))
                .contains("p95 <= 1ms does not hold", "; p95 >= 10000ms does not hold")
                .doesNotContain("errors");
    }

    /** A run whose review is only these objectives, with no baseline. */
    private static Result reviewed(List<Limit> objectives) {
        CutoverPlan plan = with(SHOP.without("judge"), UnaryOperator.identity(), rule -> absoluteOnly(rule), List.of());
        List<Phase> phases =
                new ArrayList<>(SHOP.without("judge").without("judge.2").phases());
        PhaseId review = new PhaseId(PhaseKind.REVIEW, 1);
        Step step = new Step(
                "judge.2",
                review,
                new Action.Judge(Optional.empty(), objectives, true),
                "ana",
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        phases.replaceAll(
                phase -> phase.id().equals(review) ? new Phase(review, List.of(step), Optional.empty()) : phase);
        return run(with(plan, UnaryOperator.identity(), UnaryOperator.identity(), phases), Faults.none());
    }

    private static JudgementRule absoluteOnly(JudgementRule rule) {
        return new JudgementRule(
                rule.every(),
                rule.over(),
                rule.failures(),
                rule.windows(),
                rule.minRequests(),
                rule.shareBand(),
                rule.noDataAfter(),
                rule.noDataThen(),
                rule.limits(),
                List.of());
    }

    @Test
    void the_look_that_begins_a_way_home_asks_no_entrance_for_its_traffic() {
        int[] asked = {0};
        Result result = Simulation.of(SHOP, 11)
                .faults(at("shift/watch 50%", trial -> trial.order(new Order.Abort(), "ana")))
                .people(Operator.Care.ABSENT, true)
                .around(around -> Planted.router(sound -> new Planted.Router(sound) {
                            @Override
                            public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
                                asked[0] += routeIsOpen(around.journal().entries()) ? 1 : 0;
                                return super.window(from, to, deadline);
                            }
                        })
                        .apply(around))
                .run();

        ended(result, RunStatus.ROLLED_BACK);
        assertThat(asked[0]).isZero();
    }

    private static boolean routeIsOpen(List<Entry> entries) {
        return entries.stream().anyMatch(entry -> entry.event() instanceof RunEvent.RollbackBegun)
                && entries.stream().noneMatch(entry -> entry.event() instanceof RunEvent.RouteChosen);
    }
}
