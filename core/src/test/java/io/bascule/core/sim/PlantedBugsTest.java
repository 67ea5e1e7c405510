package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Tell;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Resource;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.run.Order;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The simulator finds what it is for: every bug planted here is caught, and the same run without it is clean. */
class PlantedBugsTest {
    private static final CutoverPlan SHOP = SimPlans.dataFirst();

    private static void caught(Result planted, String by) {
        assertThat(planted.violation()).as(planted.story(15)).isPresent();
        assertThat(planted.violation().orElseThrow()).as(planted.brief()).contains(by);
    }

    private static void clean(Result sound) {
        assertThat(sound.violation()).as(sound.story(25)).isEmpty();
    }

    private static Result sound(CutoverPlan plan, Faults faults) {
        return Planted.run(plan, faults, around -> around);
    }

    @Test
    void a_call_without_a_journaled_intent_is_caught() {
        Result planted = Planted.run(
                SHOP,
                Faults.none(),
                around -> Planted.journal(
                        around,
                        Planted.appending(
                                around.journal(),
                                (entry, messages) -> entry.event() instanceof RunEvent.IntentRecorded
                                        || around.journal().append(entry, messages))));

        caught(planted, "without a journaled intent");
    }

    @Test
    void an_unknown_outcome_that_nobody_undoes_is_caught() {
        Faults faults = Faults.none()
                .request(requestOf("shift/web 10%"), Fate.LATE)
                .always("careless", trial -> trial.careless(r -> r.kind() == Resource.Kind.TRAFFIC))
                .when("abort", Faults.at("shift/web 10%"), trial -> trial.order(new Order.Abort(), "ana"));

        Result planted = Planted.run(
                SHOP,
                faults,
                Planted.actuators(sound -> Planted.applying(sound, (change, until) -> {
                    Outcome outcome = sound.apply(change, until);
                    return outcome instanceof Outcome.Unknown u ? new Outcome.Refused(u.why(), true) : outcome;
                })));

        clean(sound(SHOP, faults));
        caught(planted, "");
    }

    @Test
    void an_upsert_in_place_of_compare_and_set_is_caught() {
        Resource web = Resource.traffic("web");
        Faults faults = Faults.none().when("someone edits", Faults.at("shift/web 25%"), trial -> {
            trial.drift(web, "source", "5000");
            trial.drift(web, "target", "5000");
        });

        Result planted = Planted.run(SHOP, faults, Planted.actuators(Planted::upserting));
        Result sound = sound(SHOP, faults);

        clean(sound);
        assertThat(sound.status()).as(sound.brief()).isEqualTo(RunStatus.HOLDING);
        caught(planted, "differs from its intent");
    }

    @Test
    void no_data_taken_for_a_pass_is_caught() {
        Faults faults = Faults.none()
                .when(
                        "metrics die",
                        Faults.at("shift/watch 25%"),
                        trial -> trial.trouble().metricsDead(600_000));

        Result planted = Planted.run(SHOP, faults, Planted.router(sound -> new Planted.Router(sound) {
            @Override
            public Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline) {
                Sample sample = super.sample(metric, side, from, to, deadline);
                return sample instanceof Sample.Failed ? new Sample.Value(0, 1000) : sample;
            }
        }));

        clean(sound(SHOP, faults));
        caught(planted, "a window passed without data");
    }

    @Test
    void a_roll_back_that_waits_for_a_message_is_caught() {
        CutoverPlan plan = told();
        Faults faults = Faults.none()
                .when("abort", Faults.at("shift/watch 50%"), trial -> trial.order(new Order.Abort(), "ana"));

        Result sound = sound(plan, faults);
        Result planted = Planted.run(
                plan,
                faults,
                around -> Planted.journal(around, Planted.appending(around.journal(), (entry, messages) -> {
                    if (!messages.isEmpty()) {
                        ((VirtualClock) around.clock()).pass(Duration.ofMinutes(5));
                    }
                    return around.journal().append(entry, messages);
                })));

        clean(sound);
        assertThat(sound.rollback().orElseThrow()).isLessThan(Duration.ofSeconds(30));
        assertThat(planted.rollback().orElseThrow()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void a_data_leg_that_starts_before_users_are_back_is_caught() {
        Faults faults = Faults.none()
                .when(
                        "router refuses",
                        Faults.at("shift/watch 50%"),
                        trial -> trial.routerRefuses(Duration.ofMinutes(9)))
                .when("abort", Faults.at("shift/watch 50%"), trial -> trial.order(new Order.Abort(), "ana"));
        Map<TrafficRouter, Actuator> believed = new HashMap<>();

        Result planted = Planted.run(SHOP, faults, Planted.routerGoingBack(sound -> {
            TrafficRouter empty = Planted.nobodyAtTarget(sound);
            return new Planted.Router(empty) {
                @Override
                public Actuator weights() {
                    return believed.computeIfAbsent(sound, _ -> Planted.believing(sound.weights()));
                }
            };
        }));

        clean(sound(SHOP, faults));
        caught(planted, "sends users to the target");
    }

    @Test
    void a_flip_that_opens_the_target_before_the_source_is_closed_is_caught() {
        CutoverPlan flip = SimPlans.flip();
        Map<String, Image> told = new HashMap<>();

        Result planted = Planted.run(flip, Faults.none(), Planted.actuators(sound -> new Lying(sound, told)));

        clean(sound(flip, Faults.none()));
        caught(planted, "both databases");
    }

    /** Says that the source's database is closed, and leaves it under its lease. */
    private record Lying(Actuator sound, Map<String, Image> told) implements Actuator {
        @Override
        public Authority authorise(Deadline deadline) {
            return sound.authorise(deadline);
        }

        @Override
        public Reading observe(Deadline deadline) {
            Reading reading = sound.observe(deadline);
            boolean leased = reading instanceof Reading.Seen seen
                    && seen.image().get("fence").equals("leased");
            return leased && told.containsKey("close") ? new Reading.Seen(Image.of("fence", "closed")) : reading;
        }

        @Override
        public Outcome apply(Change change, Deadline deadline) {
            if (change.token().contains("/close ")) {
                told.put("close", change.wanted());
                return new Outcome.Done("not really");
            }
            return sound.apply(change, deadline);
        }
    }

    @Test
    void a_fence_that_outlives_its_deadline_is_caught() {
        Faults faults = Faults.none().when("dies in the freeze", Faults.at("compare-data/equal"), trial -> {
            trial.takeOverAfter(Duration.ofMinutes(30));
            trial.journal().breakAt(trial.journal().appends() + 1, SimJournal.Break.CRASH_BEFORE);
        });

        Result sound = sound(SHOP, faults);
        Result planted = Simulation.of(SHOP, 1)
                .faults(faults)
                .physics(Physics.SOUND.withLeaseOverrun(Duration.ofHours(1)))
                .people(Operator.Care.ABSENT, true)
                .run();

        clean(sound);
        caught(planted, "outlives its deadline");
    }

    @Test
    void ids_issued_again_after_a_roll_back_are_caught() {
        Faults faults = Faults.none()
                .when("abort", Faults.at("shift/watch 50%"), trial -> trial.order(new Order.Abort(), "ana"));

        Result planted = Simulation.of(SHOP, 1)
                .faults(faults)
                .physics(Physics.SOUND.withoutIdentity())
                .people(Operator.Care.ABSENT, true)
                .run();

        clean(sound(SHOP, faults));
        caught(planted, "is issued again");
    }

    @Test
    void sticky_clients_forgotten_on_the_way_back_are_caught() {
        Faults faults = Faults.none()
                .always("sticky", trial -> trial.sticky(Duration.ofMinutes(10)))
                .when("abort", Faults.at("shift/watch 50%"), trial -> trial.order(new Order.Abort(), "ana"));

        Result planted = Simulation.of(SHOP, 1)
                .faults(faults)
                .physics(Physics.SOUND.leavingSticky())
                .around(Planted.routerGoingBack(Planted::nobodyAtTarget))
                .people(Operator.Care.ABSENT, true)
                .run();
        Result watched = Simulation.of(SHOP, 1)
                .faults(faults)
                .physics(Physics.SOUND.leavingSticky())
                .people(Operator.Care.ABSENT, true)
                .run();

        clean(watched);
        assertThat(watched.rollback().orElseThrow()).isGreaterThan(Duration.ofMinutes(9));
        caught(planted, "");
    }

    private static CutoverPlan told() {
        TreeMap<String, List<String>> audiences = new TreeMap<>(Map.of("team", List.of("ana", "ben")));
        CutoverPlan shop = SHOP;
        return new CutoverPlan(
                shop.name(),
                shop.title(),
                shop.shape(),
                shop.window(),
                shop.people(),
                shop.environments(),
                shop.entrances(),
                shop.datasets(),
                shop.writers(),
                shop.metrics(),
                shop.judgement(),
                shop.phases(),
                new Tell(new TreeMap<>(), audiences),
                shop.follows(),
                shop.hash());
    }

    /** Which request of an undisturbed run an act's is, counted from 1. */
    private static int requestOf(String act) {
        List<String> intents = sound(SHOP, Faults.none()).entries().stream()
                .filter(entry -> entry.event() instanceof RunEvent.IntentRecorded)
                .map(entry -> ((RunEvent.IntentRecorded) entry.event()).act())
                .toList();
        return intents.indexOf(act) + 1;
    }
}
