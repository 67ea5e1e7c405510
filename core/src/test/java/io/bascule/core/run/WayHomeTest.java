package io.bascule.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.sim.Faults;
import io.bascule.core.sim.Operator;
import io.bascule.core.sim.Result;
import io.bascule.core.sim.SimPlans;
import io.bascule.core.sim.Simulation;
import java.util.List;
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
}
