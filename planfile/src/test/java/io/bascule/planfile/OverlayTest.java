package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Problem;
import org.junit.jupiter.api.Test;

class OverlayTest {

    @Test
    void a_value_is_replaced_and_its_neighbours_stay() {
        CutoverPlan plan = Shop.good(Shop.text(), "entrances: { web: { park: at most 5 } }")
                .plan();
        assertThat(plan.entrance("web").parkAtMost()).isEqualTo(5);
        assertThat(plan.entrance("web").expectPerSecond()).isEqualTo(500);
    }

    @Test
    void the_last_overlay_wins() {
        CutoverPlan plan = Shop.good(Shop.text(), "window: { margin: 1m }", "window: { margin: 2m }")
                .plan();
        assertThat(plan.window().margin()).hasMinutes(2);
    }

    @Test
    void the_second_step_of_a_kind_changes_the_second_of_the_plan() {
        String overlay = "phases: { configure: [ configure: {}, configure: { planned: 700ms } ] }";
        CutoverPlan plan = Shop.good(Shop.text(), overlay).plan();
        assertThat(plan.step("configure").orElseThrow().planned()).hasMillis(500);
        assertThat(plan.step("configure.2").orElseThrow().planned()).hasMillis(700);
    }

    @Test
    void a_list_of_values_is_replaced_as_a_whole() {
        String overlay = "phases: { shift: [ shift: { stages: [ 50% for 10s, 100% for 10s ] } ] }";
        Action shift = Shop.good(Shop.text(), overlay)
                .plan()
                .step("shift")
                .orElseThrow()
                .action();
        assertThat(((Action.Shift) shift).stages()).hasSize(2);
    }

    @Test
    void an_overlay_is_part_of_the_hash() {
        assertThat(Shop.good(Shop.text(), "window: { margin: 1m }").plan().hash())
                .isNotEqualTo(Shop.good(Shop.text()).plan().hash());
    }

    @Test
    void a_fault_in_an_overlay_is_told_at_its_place_there() {
        assertThat(Shop.problems(Shop.text(), "window:\n  margin: soon\n  marge: 1m\n"))
                .extracting(Problem::file, Problem::line, Problem::column, Problem::code)
                .containsExactly(tuple("overlay-1.yaml", 2, 11, "BSC-1201"), tuple("overlay-1.yaml", 3, 3, "BSC-1101"));
    }

    @Test
    void a_rule_that_an_overlay_breaks_is_told_at_the_overlays_value() {
        assertThat(Shop.problems(Shop.text(), "phases:\n  freeze:\n    - freeze: { at-most: 2s, expected: 2s }\n"))
                .extracting(Problem::file, Problem::line, Problem::code)
                .containsExactly(tuple("overlay-1.yaml", 3, "BSC-1410"));
    }

    @Test
    void steps_and_phases_cannot_be_added() {
        assertThat(Shop.problems(Shop.text(), "phases: { bake: [ check: {} ], bake-2: [ bake: { for: 3s } ] }"))
                .extracting(Problem::code, Problem::column)
                .containsExactly(tuple("BSC-1305", 19), tuple("BSC-1305", 32));
    }

    @Test
    void a_key_twice_in_an_overlay_is_told() {
        assertThat(Shop.problems(Shop.text(), "window: { margin: 1m, margin: 2m }"))
                .extracting(Problem::code)
                .containsExactly("BSC-1102");
    }

    @Test
    void an_overlay_that_is_no_map_is_told() {
        assertThat(Shop.problems(Shop.text(), "- 1")).extracting(Problem::code).containsExactly("BSC-1104");
    }
}
