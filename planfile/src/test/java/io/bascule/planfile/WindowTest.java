package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Problem;
import io.bascule.core.plan.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static String window(String window) {
        return Shop.with("{ opens: at start, lasts: 6h, margin: 20m, at-turnaround: roll back }", "{ " + window + " }");
    }

    private static Window good(String window) {
        return Shop.good(window(window)).plan().window();
    }

    private static Problem only(String window) {
        List<Problem> problems = Shop.problems(window(window));
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    @Test
    void a_local_time_is_read_in_its_zone() {
        Window window = good("opens: 2026-11-28T22:00, closes: 2026-11-29T04:00, zone: Europe/Berlin");
        assertThat(window.opens()).contains(Instant.parse("2026-11-28T21:00:00Z"));
        assertThat(window.lasts()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void a_window_over_a_change_of_clocks_lasts_what_it_lasts() {
        Window window = good("opens: 2026-10-24T22:00, closes: 2026-10-25T04:00, zone: Europe/Berlin");
        assertThat(window.lasts()).isEqualTo(Duration.ofHours(7));
    }

    @Test
    void a_time_that_does_not_exist_shows_both_readings() {
        Problem problem = only("opens: 2026-03-29T02:30, lasts: 6h, zone: Europe/Berlin");
        assertThat(problem.code()).isEqualTo("BSC-1209");
        assertThat(problem.message())
                .contains("2026-03-29T03:30+02:00 (2026-03-29T01:30:00Z)")
                .contains("2026-03-29T01:30+01:00 (2026-03-29T00:30:00Z)");
    }

    @Test
    void a_time_that_happens_twice_shows_both_readings_and_an_offset_settles_it() {
        Problem problem = only("opens: 2026-10-25T02:30, lasts: 6h, zone: Europe/Berlin");
        assertThat(problem.code()).isEqualTo("BSC-1210");
        assertThat(problem.message())
                .contains("2026-10-25T02:30+02:00 (2026-10-25T00:30:00Z)")
                .contains("2026-10-25T02:30+01:00 (2026-10-25T01:30:00Z)");
        assertThat(good("opens: 2026-10-25T02:30+01:00, lasts: 6h").opens())
                .contains(Instant.parse("2026-10-25T01:30:00Z"));
    }

    @Test
    void a_local_time_without_a_zone_is_a_problem() {
        assertThat(only("opens: 2026-11-28T22:00, lasts: 6h").code()).isEqualTo("BSC-1103");
    }

    @Test
    void a_window_that_closes_before_it_opens_is_a_problem() {
        assertThat(only("opens: 2026-11-28T22:00Z, closes: 2026-11-28T21:00Z").code())
                .isEqualTo("BSC-1208");
        assertThat(only("closes: 2026-11-28T21:00Z").code()).isEqualTo("BSC-1109");
    }

    @Test
    void a_zone_is_an_iana_zone() {
        Problem problem = only("opens: 2026-11-28T22:00, lasts: 6h, zone: Europe/Berlim");
        assertThat(problem.hint()).isEqualTo("did you mean 'Europe/Berlin'?");
    }
}
