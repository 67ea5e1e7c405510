package io.bascule.aws.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Peers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Where the peers are known to differ from Elastic Load Balancing, docs/aws.md: each fails once its peer is right. */
@Tag("server")
class RuleDeviationsTest {
    private List<TargetHealthStateEnum> states(TestListener world, String group) {
        return world.elb().describeTargetHealth(get -> get.targetGroupArn(group)).targetHealthDescriptions().stream()
                .map(each -> each.targetHealth().state())
                .toList();
    }

    @Test
    void moto_finds_targets_healthy_where_nothing_listens_and_no_rule_leads_to_them() {
        TestListener world = new TestListener();
        world.register(world.target, "10.0.0.9");
        assertThat(states(world, world.target)).containsExactly(TargetHealthStateEnum.HEALTHY);
    }

    @Test
    void moto_drains_nobody() {
        TestListener world = new TestListener();
        world.register(world.source, "10.0.0.9");
        var _ = world.elb()
                .deregisterTargets(remove -> remove.targetGroupArn(world.source)
                        .targets(TargetDescription.builder()
                                .id("10.0.0.9")
                                .port(80)
                                .build()));
        assertThat(states(world, world.source)).isEmpty();
    }

    @Test
    void moto_tells_the_secret_of_a_sign_in() {
        TestListener world = new TestListener();
        assertThat(world.elb()
                        .describeRules(get -> get.ruleArns(world.rule))
                        .rules()
                        .getFirst()
                        .actions()
                        .getFirst()
                        .authenticateOidcConfig()
                        .clientSecret())
                .isEqualTo("not-told");
    }

    @Test
    @SuppressWarnings("unchecked") // the SDK takes its builders as varargs
    void ministack_drops_the_weights() {
        TestListener world = new TestListener(Peers.ministack());
        var _ = world.elb()
                .modifyListener(set -> set.listenerArn(world.listener)
                        .defaultActions(Action.builder()
                                .type(ActionTypeEnum.FORWARD)
                                .forwardConfig(forward -> forward.targetGroups(
                                        TargetGroupTuple.builder()
                                                .targetGroupArn(world.source)
                                                .weight(75)
                                                .build(),
                                        TargetGroupTuple.builder()
                                                .targetGroupArn(world.target)
                                                .weight(25)
                                                .build()))
                                .build()));
        assertThat(world.elb()
                        .describeListeners(get -> get.listenerArns(world.listener))
                        .listeners()
                        .getFirst()
                        .defaultActions())
                .extracting(Action::forwardConfig)
                .containsOnlyNulls();
    }
}
