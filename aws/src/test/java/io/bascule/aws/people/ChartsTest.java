package io.bascule.aws.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.numbers.Series;
import io.bascule.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private final Charts charts = new Charts(Map.of("web", series()));

    static Series series() {
        return new Series(
                "eu-central-1",
                "AWS/ApplicationELB",
                "RequestCount",
                "HTTPCode_Target_5XX_Count",
                "TargetResponseTime",
                true,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Map.of("TargetGroup", "targetgroup/source/1"),
                Map.of("TargetGroup", "targetgroup/target/2"));
    }

    @SuppressWarnings("unchecked") // a dashboard's body is a map with a list of maps
    private static List<Map<String, Object>> widgets(String body) {
        Map<String, Object> dashboard = (Map<String, Object>) Objects.requireNonNull(Json.parse(body));
        return (List<Map<String, Object>>) Objects.requireNonNull(dashboard.get("widgets"));
    }

    @Test
    void both_sides_are_in_every_chart_and_every_chart_has_the_mark() {
        String body = charts.marked("", "shift/web 10% passed (run/7)", "it held", NOW)
                .orElseThrow();
        assertThat(widgets(body)).hasSize(4);
        assertThat(widgets(body).subList(0, 3))
                .extracting(String::valueOf)
                .allSatisfy(chart -> assertThat(chart)
                        .contains("targetgroup/source/1", "targetgroup/target/2", "shift/web 10% passed", "12:00:00Z"));
    }

    @Test
    void the_same_mark_is_set_once_and_another_is_added() {
        String once = charts.marked("", "one", "told", NOW).orElseThrow();
        assertThat(charts.marked(once, "one", "told", NOW.plusSeconds(9))).isEmpty();
        String twice = charts.marked(once, "two", "told", NOW).orElseThrow();
        assertThat(widgets(twice)).hasSize(4);
        assertThat(widgets(twice).getFirst().toString()).contains("label=one", "label=two");
        assertThat(widgets(twice).getLast().toString()).contains("**one**", "**two**");
    }

    @Test
    void widgets_of_others_and_what_they_added_to_ours_stay() {
        String body = charts.marked("", "one", "told", NOW).orElseThrow();
        String edited = body.replace(
                        "{\"widgets\":[", "{\"start\":\"-PT3H\",\"widgets\":[{\"type\":\"alarm\",\"x\":3},")
                .replace("\"stat\":\"Sum\"", "\"stat\":\"Sum\",\"view\":\"bar\"");
        assertThat(edited).isNotEqualTo(body).contains("\"view\"", "\"start\"");
        String after = charts.marked(edited, "two", "told", NOW).orElseThrow();
        assertThat(after).contains("\"view\":\"bar\"", "\"start\":\"-PT3H\"", "{\"type\":\"alarm\",\"x\":3}");
        assertThat(widgets(after)).hasSize(5);
    }

    @Test
    void marks_and_entries_do_not_grow_for_ever() {
        Optional<String> body = Optional.of("");
        for (int i = 0; i < 100; i++) {
            body = charts.marked(body.orElseThrow(), "mark " + i + ".", "told", NOW);
        }
        assertThat(body.orElseThrow()).contains("mark 99.", "mark 40.").doesNotContain("mark 39.");
    }

    @Test
    void what_is_no_dashboard_is_left_alone() {
        assertThat(charts.marked("{ not json", "one", "told", NOW)).isEmpty();
    }

    @Test
    void all_who_are_told_of_one_entry_share_its_mark() {
        assertThat(DashboardChannel.entry("run/7/team/ana")).isEqualTo(DashboardChannel.entry("run/7/team/ben"));
        assertThat(DashboardChannel.entry("run/8/team/ana")).isNotEqualTo(DashboardChannel.entry("run/7/team/ana"));
    }
}
