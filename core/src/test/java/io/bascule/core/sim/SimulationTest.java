package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.RunStatus;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void every_shape_completes_when_nothing_goes_wrong() {
        for (CutoverPlan plan : SimPlans.all()) {
            Result result = Simulation.of(plan, 1).run();

            assertThat(result.violation()).as(result.story(12)).isEmpty();
            assertThat(result.status()).as(result.story(12)).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void a_target_that_fails_at_half_the_traffic_is_rolled_back() {
        CutoverPlan plan = SimPlans.dataFirst();
        Faults faults = Faults.none()
                .when(
                        "errors at 50%",
                        Faults.at("shift/watch 50%"), trial -> trial.errors(io.bascule.core.plan.Side.TARGET, 0.2));

        Result result = Simulation.of(plan, 1).faults(faults).run();

        assertThat(result.violation()).as(result.story(30)).isEmpty();
        assertThat(result.status()).as(result.story(30)).isEqualTo(RunStatus.ROLLED_BACK);
        assertThat(result.unchanged()).as(result.story(30)).isTrue();
    }
}
