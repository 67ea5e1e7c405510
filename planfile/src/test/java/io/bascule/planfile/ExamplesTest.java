package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Step;
import io.bascule.core.plan.Writer;
import io.bascule.core.rules.PlannedTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void the_shop_is_a_good_plan_without_warnings() {
        assertThat(PlanFile.read(Shop.FOLDER.resolve("plan.yaml"), List.of()).told())
                .isEmpty();
    }

    @Test
    void the_shop_reads_as_it_is_meant() {
        CutoverPlan plan = Shop.good(Shop.text()).plan();
        assertThat(plan.steps().map(Step::id))
                .containsExactly(
                        "judge",
                        "backup",
                        "check",
                        "load",
                        "freeze",
                        "sync",
                        "compare-data",
                        "reverse-on",
                        "configure",
                        "configure.2",
                        "script",
                        "release",
                        "shift",
                        "bake",
                        "judge.2",
                        "reverse-off");
        assertThat(plan.steps().map(Step::owner)).containsOnly("ana");
        assertThat(plan.entrance("web").router().values())
                .containsEntry("sessions", "PT20S")
                .containsEntry("park", "2000")
                .containsEntry("sticky", "false")
                .containsEntry("at", "http://127.0.0.1:8080")
                .containsEntry("control", "http://127.0.0.1:8079")
                .containsEntry("token", "file:front-door.token");
        assertThat(plan.movedDatasets().map(Dataset::name)).containsExactly("orders");
        assertThat(plan.writers()).extracting(Writer::name).containsExactly("invoices", "web");
        assertThat(plan.judgement().shareBand()).isEqualTo(0.03);
    }

    @Test
    void a_configure_step_knows_its_side_and_the_store_it_connects() {
        CutoverPlan plan = Shop.good(Shop.text()).plan();
        Step second = plan.step("configure.2").orElseThrow();
        assertThat(second.action()).isInstanceOfSatisfying(Action.Configure.class, configure -> {
            assertThat(configure.name()).isEqualTo("target/app.properties");
            assertThat(configure.side()).isEqualTo(Side.TARGET);
            assertThat(configure.connects()).contains(new Action.Connection("orders", Side.TARGET, "database"));
        });
    }

    @Test
    void times_follow_from_the_values_where_nothing_is_said() {
        CutoverPlan plan = Shop.good(Shop.text()).plan();
        assertThat(plan.step("load").orElseThrow().planned()).isEqualTo(Duration.ofMillis(10_500));
        assertThat(plan.step("script").orElseThrow().planned()).isEqualTo(Duration.ofMillis(500));
        assertThat(plan.step("script").orElseThrow().timeOut()).isEqualTo(Duration.ofSeconds(5));
        assertThat(PlannedTimes.of(plan).freeze()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void the_fast_overlay_only_shortens_the_watches() {
        Decoded decoded = PlanFile.read(Shop.FOLDER.resolve("plan.yaml"), List.of(Shop.FOLDER.resolve("fast.yaml")));
        assertThat(decoded.told()).isEmpty();
        CutoverPlan fast = ((Decoded.Good) decoded).plan();
        assertThat(fast.judgement().every()).isEqualTo(Duration.ofSeconds(1));
        assertThat(fast.judgement().minRequests()).isEqualTo(100);
        assertThat(fast.step("judge").orElseThrow().planned()).isEqualTo(Duration.ofMillis(3_500));
        assertThat(fast.step("bake").orElseThrow().planned()).isEqualTo(Duration.ofSeconds(6));
        assertThat(fast.steps().map(Step::id).toList())
                .isEqualTo(Shop.good(Shop.text()).plan().steps().map(Step::id).toList());
        assertThat(PlannedTimes.of(fast).all()).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void a_plan_that_is_not_there_is_a_problem_and_no_exception() {
        assertThat(PlanFile.read(Path.of("no", "such", "plan.yaml"), List.of()).told())
                .extracting("code", "line")
                .containsExactly(tuple("BSC-1001", 0));
        assertThat(PlanFile.read(Path.of("src"), List.of()).told())
                .extracting("code")
                .containsExactly("BSC-1001");
    }
}
