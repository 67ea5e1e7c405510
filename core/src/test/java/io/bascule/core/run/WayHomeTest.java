package io.bascule.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Step;
import io.bascule.core.sim.Faults;
import io.bascule.core.sim.Operator;
import io.bascule.core.sim.Result;
import io.bascule.core.sim.SimPlans;
import io.bascule.core.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the way-back sheet tells people to do is what a roll-back would do. */
class WayHomeTest {
    private static final CutoverPlan SHOP = SimPlans.dataFirst();

    private static RunState heldAt(String act) {
        Result result = Simulation.of(SHOP, 11)
                .faults(Faults.none().when("hold", Faults.at(act), trial -> trial.order(new Order.Hold(), "ana")))
                .people(Operator.Care.ABSENT, true)
                .run();
        assertThat(result.status()).as(result.story(10)).isEqualTo(RunStatus.HOLDING);
        return result.state();
    }

    @Test
    void users_come_first_then_the_data_and_no_database_is_opened_beside_another() {
        List<String> lines = WayHome.byHand(SHOP, heldAt("shift/watch 50%"));

        assertThat(lines)
                .containsSubsequence(
                        "set traffic:web to source=10000 target=0",
                        "set writes:web to writes=hold",
                        "set fence:orders@target to fence=closed",
                        "set fence:orders@source to fence=open",
                        "set writes:web to writes=open (it is so now)");
        assertThat(lines).anyMatch(line -> line.startsWith("find out whether every write to orders is home"));
    }

    @Test
    void before_the_target_took_a_write_there_is_nothing_to_carry() {
        List<String> lines = WayHome.byHand(SHOP, heldAt("freeze/hold web"));

        assertThat(lines).noneMatch(line -> line.contains("is home"));
    }

    @Test
    void where_nothing_was_changed_there_is_nothing_to_do() {
        assertThat(WayHome.byHand(SHOP, Fold.nothing())).isEmpty();
    }

    /** Users arrive at the target before the freeze; one configuration there names no database. */
    private static CutoverPlan withMode() {
        CutoverPlan plan = SimPlans.webFirst();
        Action mode = new Action.Configure(
                Settings.of("sim"),
                "target/mode",
                Side.TARGET,
                new TreeMap<>(Map.of("mode", "live")),
                Optional.empty());
        List<Phase> phases = new ArrayList<>();
        boolean done = false;
        for (Phase phase : plan.phases()) {
            boolean here = !done && phase.id().kind() == PhaseKind.CONFIGURE;
            List<Step> steps = new ArrayList<>(phase.steps());
            if (here) {
                Step first = steps.getFirst();
                steps.add(new Step(
                        first.id() + "-mode", first.phase(), mode, first.owner(), first.planned(), first.timeOut()));
            }
            done |= here;
            phases.add(new Phase(phase.id(), steps, phase.gate()));
        }
        return new CutoverPlan(
                plan.name(),
                plan.title(),
                plan.shape(),
                plan.window(),
                plan.people(),
                plan.environments(),
                plan.entrances(),
                plan.datasets(),
                plan.writers(),
                plan.metrics(),
                plan.judgement(),
                phases,
                plan.tell(),
                plan.follows(),
                plan.hash());
    }

    @Test
    void what_users_at_the_target_may_need_and_names_no_database_is_restored_when_they_have_left() {
        CutoverPlan plan = withMode();
        Result result = Simulation.of(plan, 11)
                .faults(Faults.none()
                        .when("abort", Faults.at("sync/copy orders"), trial -> trial.order(new Order.Abort(), "ana")))
                .run();
        List<String> intents = result.entries().stream()
                .map(Entry::event)
                .filter(RunEvent.IntentRecorded.class::isInstance)
                .map(event -> ((RunEvent.IntentRecorded) event).act())
                .toList();

        assertThat(result.status()).as(result.story(10)).isEqualTo(RunStatus.ROLLED_BACK);
        assertThat(intents)
                .containsSubsequence(
                        "disarm/restore fence:orders@source",
                        "disarm/restore traffic:web",
                        "disarm/restore configuration:target/mode")
                .doesNotContain("disarm/stay target/mode");
    }
}
