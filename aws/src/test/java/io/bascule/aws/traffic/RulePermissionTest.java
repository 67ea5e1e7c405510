package io.bascule.aws.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Iam;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A rule found by its condition is changed at the rule and claimed at its listener: each is simulated where it is done. */
class RulePermissionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String LISTENER = "arn:aws:elasticloadbalancing:x:1:listener/app/web/1/2";
    private static final String RULE = "arn:aws:elasticloadbalancing:x:1:listener-rule/app/web/1/2/3";

    /** Action and resource, as the policy has them. */
    private final Set<String> allowed = new HashSet<>();

    private abstract static class Fake implements software.amazon.awssdk.core.SdkClient {
        @Override
        public String serviceName() {
            return "fake";
        }

        @Override
        public void close() {}
    }

    private static final class Balancers extends Fake implements ElasticLoadBalancingV2Client {
        @Override
        public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
            return DescribeRulesResponse.builder()
                    .rules(software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule.builder()
                            .ruleArn(RULE)
                            .conditions(RuleCondition.builder()
                                    .field("host-header")
                                    .values("shop.example.com")
                                    .build())
                            .actions(Action.builder()
                                    .type(ActionTypeEnum.FORWARD)
                                    .targetGroupArn("arn:source")
                                    .build())
                            .build())
                    .build();
        }
    }

    private final class FakeIam implements Iam {
        @Override
        public String roleArn(String role, AwsRequestOverrideConfiguration within) {
            throw new AssertionError("a user has no role");
        }

        @Override
        public List<Evaluation> simulate(
                String principal, List<String> actions, String resource, AwsRequestOverrideConfiguration within) {
            return actions.stream()
                    .map(action -> new Evaluation(
                            action, allowed.contains(action + " " + resource) ? "allowed" : "implicitDeny", List.of()))
                    .toList();
        }
    }

    private static final class Sts extends Fake implements StsClient {
        @Override
        public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
            return GetCallerIdentityResponse.builder()
                    .arn("arn:aws:iam::123456789012:user/ops/ana")
                    .build();
        }
    }

    private Authority authority() {
        Settings settings =
                Settings.of("elb", "region", "x", "listener", LISTENER, "condition", "host=shop.example.com");
        Rule rule = new Rule(
                Clients.of(new Balancers(), new FakeIam(), new Sts()), new Calls(InstantSource.fixed(NOW)), settings);
        return new RuleWeights(rule, "arn:source", "arn:target").authorise(Deadline.after(NOW, Duration.ofSeconds(5)));
    }

    @Test
    void the_least_policy_that_bascule_prints_is_enough() {
        allowed.add("elasticloadbalancing:ModifyRule " + RULE);
        assertThat(authority().toString()).contains("Denied", "AddTags");
        allowed.add("elasticloadbalancing:AddTags " + LISTENER);
        allowed.add("elasticloadbalancing:RemoveTags " + LISTENER);
        assertThat(authority()).isInstanceOf(Authority.Granted.class);
        allowed.remove("elasticloadbalancing:ModifyRule " + RULE);
        assertThat(authority().toString()).contains("Denied", "ModifyRule");
    }
}
