package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;

class HealthCheckRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-28T22:00:00Z");

    private static Verdict judge(List<HealthCheckObservation> told) {
        return HealthCheckRule.judge(told, NOW).verdict();
    }

    @Test
    void more_than_half_must_say_so_where_route_53_would_be_content_with_a_fifth() {
        assertThat(judge(Checks.say(NOW, 9, 7))).isEqualTo(new Verdict.Pass("9 of 16 checkers succeed"));
        assertThat(judge(Checks.say(NOW, 8, 8))).isInstanceOf(Verdict.Fail.class);
        assertThat(judge(Checks.say(NOW, 4, 12)))
                .isEqualTo(
                        new Verdict.Fail("4 of 16 checkers succeed, more than half must, 12 say '" + Checks.ILL + "'"));
    }

    @Test
    void what_nobody_has_told_is_no_data_though_route_53_takes_a_new_check_for_healthy() {
        assertThat(judge(List.of())).isInstanceOf(Verdict.NoData.class);
        HealthCheckObservation silent =
                HealthCheckObservation.builder().region("eu-west-1").build();
        assertThat(judge(List.of(silent, silent))).isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void an_old_success_and_one_of_a_time_not_reached_yet_are_none() {
        for (Duration age : List.of(Duration.ofSeconds(121), Duration.ofSeconds(-121))) {
            assertThat(judge(Checks.say(NOW.minus(age), 16, 0))).as("" + age).isInstanceOf(Verdict.NoData.class);
        }
        assertThat(judge(Checks.say(NOW.minusSeconds(120), 16, 0))).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void unknown_ones_leave_it_open_only_while_they_could_still_make_it_green() {
        List<HealthCheckObservation> open = new ArrayList<>(Checks.say(NOW, 8, 7));
        open.addAll(Checks.say(NOW.minusSeconds(500), 1, 0));
        assertThat(judge(open)).isInstanceOf(Verdict.NoData.class);
        List<HealthCheckObservation> lost = new ArrayList<>(Checks.say(NOW, 7, 8));
        lost.addAll(Checks.say(NOW.minusSeconds(500), 1, 0));
        assertThat(judge(lost)).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void the_counts_are_evidence() {
        List<HealthCheckObservation> told = new ArrayList<>(Checks.say(NOW, 3, 1));
        told.addAll(Checks.say(NOW.minusSeconds(500), 1, 0));
        Finding finding = HealthCheckRule.judge(told, NOW);
        assertThat(finding.facts())
                .containsEntry("checkers", "5")
                .containsEntry("succeed", "3")
                .containsEntry("unknown", "1");
    }
}
