package io.bascule.aws.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.aws.traffic.TargetHealth.Target;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Weight;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** What a check answers of the states that AWS tells and that no server shows: draining, unused, unhealthy. */
class TargetChecksTest {
    private static final Target WELL = new Target("10.0.0.1:80", "healthy", "");
    private static final Target LEAVING = new Target("10.0.0.2:80", "draining", "Target.DeregistrationInProgress");
    private static final Target ILL = new Target("10.0.0.3:80", "unhealthy", "Target.Timeout");
    private static final Target UNUSED = new Target("10.0.0.4:80", "unused", "Target.NotInUse");
    private static final Target ILL_AND_LEAVING = new Target("10.0.0.5:80", "unhealthy.draining", "");

    private static void fails(Finding finding, String... why) {
        assertThat(finding.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(finding.verdict().reason()).contains(why);
    }

    private static void passes(Finding finding) {
        assertThat(finding.verdict()).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void a_group_is_drained_when_nothing_in_it_is_in_use_or_leaving() {
        passes(TargetChecks.drained(List.of()));
        passes(TargetChecks.drained(List.of(UNUSED)));
        fails(
                TargetChecks.drained(List.of(UNUSED, LEAVING)),
                "1 targets drain, 0 are in use",
                "10.0.0.2:80 draining (Target.DeregistrationInProgress)");
        fails(TargetChecks.drained(List.of(ILL_AND_LEAVING)), "1 targets drain");
    }

    @Test
    void what_is_registered_and_in_use_is_not_drained_however_ill_it_is() {
        for (Target each : List.of(WELL, ILL, new Target("i-1", "initial", "Elb.RegistrationInProgress"))) {
            fails(TargetChecks.drained(List.of(each)), "1 are in use", each.name());
        }
        fails(
                TargetChecks.drained(List.of(new Target("i-1", "unavailable", "Target.HealthCheckDisabled"))),
                "1 are in use");
    }

    @Test
    void enough_are_healthy_at_exactly_the_share_and_those_that_leave_do_not_count() {
        Weight half = Weight.percent(50);
        passes(TargetChecks.healthy(List.of(WELL, ILL), half));
        passes(TargetChecks.healthy(List.of(WELL, ILL, LEAVING, ILL_AND_LEAVING), half));
        fails(
                TargetChecks.healthy(List.of(WELL, ILL), Weight.percent(50.01)),
                "1 of 2 targets are healthy, at least 50.01% should be",
                "10.0.0.3:80 unhealthy (Target.Timeout)");
        fails(TargetChecks.healthy(List.of(WELL, UNUSED), Weight.ALL), "Target.NotInUse");
    }

    @Test
    void nobody_is_no_pass_whatever_the_share() {
        fails(TargetChecks.healthy(List.of(), Weight.ZERO), "no target is registered");
        fails(TargetChecks.healthy(List.of(LEAVING), Weight.ZERO), "no target is registered");
        fails(TargetChecks.healthy(List.of(ILL), Weight.ZERO), "0 of 1");
    }

    @Test
    void the_states_are_counted_and_of_many_targets_the_first_are_named() {
        List<Target> many = IntStream.range(0, 14)
                .mapToObj(i -> new Target("i-" + i, "draining", ""))
                .toList();
        Finding finding = TargetChecks.drained(many);
        fails(finding, "14 targets drain", "i-9 draining and 4 more");
        assertThat(finding.facts()).containsEntry("targets.draining", "14").containsEntry("targets", "14");
    }

    /** Load balancers that tell one target, or refuse to. */
    private record Balancers(boolean denied) implements ElasticLoadBalancingV2Client {
        @Override
        public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
            if (denied) {
                throw AwsServiceException.builder()
                        .statusCode(403)
                        .message("you may not")
                        .build();
            }
            return DescribeTargetHealthResponse.builder()
                    .targetHealthDescriptions(TargetHealthDescription.builder()
                            .target(target -> target.id("i-" + request.targetGroupArn()))
                            .targetHealth(health -> health.state("draining").reason("Target.DeregistrationInProgress"))
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "fake";
        }

        @Override
        public void close() {}
    }

    private static Finding asked(String adapter, boolean denied) {
        Settings means = Settings.of(adapter, "region", Peers.REGION, "target-group", "arn", "at-least", "50%");
        return TargetChecks.of(means, Clients.of(new Balancers(denied)), Peers.calls())
                .probe(Peers.soon());
    }

    @Test
    void the_group_of_the_settings_is_asked_and_what_may_not_be_read_is_no_data() {
        fails(asked("drained", false), "i-arn draining (Target.DeregistrationInProgress)");
        fails(asked("healthy", false), "no target is registered");
        for (String adapter : List.of("drained", "healthy")) {
            Verdict verdict = asked(adapter, true).verdict();
            assertThat(verdict).isInstanceOf(Verdict.NoData.class);
            assertThat(verdict.reason()).contains("the targets of arn cannot be read", "you may not");
        }
    }
}
