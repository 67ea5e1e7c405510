package io.bascule.aws.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

class ForwardingTest {
    private static final String SOURCE = "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/source/1";
    private static final String TARGET = "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/target/2";
    private static final String OTHER = "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/other/3";

    private static TargetGroupTuple group(String arn, @Nullable Integer weight) {
        return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
    }

    private static Action forward(TargetGroupTuple... groups) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .order(2)
                .forwardConfig(config -> config.targetGroups(groups)
                        .targetGroupStickinessConfig(
                                sticky -> sticky.enabled(true).durationSeconds(600)))
                .build();
    }

    private static Forwarding of(Action... actions) {
        return new Forwarding(List.of(actions), SOURCE, TARGET);
    }

    private static Image split(int target) {
        return Image.of("source", "" + (10_000 - target), "target", "" + target);
    }

    private static Forwarding after(Forwarding before, Image wanted) {
        Forwarding.Plan plan = before.with(wanted);
        assertThat(plan.no()).isEmpty();
        return new Forwarding(plan.after(), SOURCE, TARGET);
    }

    @Test
    void the_target_is_attached_at_weight_0_before_any_weight() {
        Forwarding alone = of(forward(group(SOURCE, 1)));
        assertThat(alone.image().owned()).containsEntry("alone", "1");
        assertThat(after(alone, split(0)).actions()).containsExactly(forward(group(SOURCE, 200), group(TARGET, 0)));
    }

    @Test
    void and_detached_again_the_list_is_the_very_one_it_was() {
        Action shortForm = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(SOURCE)
                .build();
        for (Action was : List.of(
                shortForm,
                forward(group(SOURCE, 1)),
                forward(group(SOURCE, 100)),
                forward(group(SOURCE, null)),
                forward(group(SOURCE, 1)).toBuilder().targetGroupArn(SOURCE).build(),
                forward(group(OTHER, 0), group(SOURCE, 7)))) {
            Forwarding before = of(was);
            Forwarding there = after(after(before, split(0)), split(10_000));
            assertThat(there.image().owned()).isEqualTo(split(10_000).owned());
            assertThat(after(there, before.image()).actions()).containsExactly(was);
        }
    }

    @Test
    void signing_in_and_stickiness_are_kept_and_the_secret_stays_as_aws_has_it() {
        Action signIn = Action.builder()
                .type(ActionTypeEnum.AUTHENTICATE_OIDC)
                .order(1)
                .authenticateOidcConfig(oidc -> oidc.clientId("bascule").clientSecret("echoed"))
                .build();
        List<Action> after = after(of(signIn, forward(group(SOURCE, 200), group(TARGET, 0))), split(500))
                .actions();
        assertThat(after.getFirst().authenticateOidcConfig().clientSecret()).isNull();
        assertThat(after.getFirst().authenticateOidcConfig().useExistingClientSecret())
                .isTrue();
        assertThat(after.get(1).forwardConfig().targetGroupStickinessConfig().durationSeconds())
                .isEqualTo(600);
        assertThat(after.get(1).order()).isEqualTo(2);
    }

    @Test
    void groups_of_others_keep_their_weight() {
        Forwarding there = after(of(forward(group(SOURCE, 80), group(OTHER, 20))), split(2500));
        assertThat(there.actions()).containsExactly(forward(group(SOURCE, 60), group(OTHER, 20), group(TARGET, 20)));
    }

    @Test
    void every_share_that_can_be_said_is_read_back_as_it_was_asked_for() {
        Forwarding start = of(forward(group(SOURCE, 200), group(TARGET, 0)));
        for (int points = 0; points <= 10_000; points++) {
            Forwarding.Plan plan = start.with(split(points));
            assertThat(plan.no().isEmpty()).as(points + " basis points").isEqualTo(points % 50 == 0);
            if (plan.no().isEmpty()) {
                assertThat(new Forwarding(plan.after(), SOURCE, TARGET).image().owned())
                        .isEqualTo(split(points).owned());
            }
        }
    }

    @Test
    void what_cannot_be_moved_by_weight_is_told() {
        Action fixed = Action.builder().type(ActionTypeEnum.FIXED_RESPONSE).build();
        assertThat(of(fixed).fault()).hasValueSatisfying(why -> assertThat(why).contains("no forward action"));
        assertThat(of(forward(group(OTHER, 1))).fault())
                .hasValueSatisfying(why -> assertThat(why).contains("source's target group"));
        assertThat(of(forward(group(SOURCE, 0), group(TARGET, 0))).fault()).isPresent();
    }

    @Test
    void no_more_groups_than_aws_takes() {
        Forwarding full = of(forward(
                group(SOURCE, 1),
                group(OTHER + "1", 0),
                group(OTHER + "2", 0),
                group(OTHER + "3", 0),
                group(OTHER + "4", 0)));
        assertThat(full.with(split(0)).no()).contains("at most 5");
    }

    @Test
    void figures_have_the_dimensions_that_the_arns_tell() {
        assertThat(LoadBalancerRouter.dimensions(
                        io.bascule.core.plan.Settings.of(
                                "elb",
                                "listener",
                                "arn:aws:elasticloadbalancing:eu-central-1:1:listener/app/web/50dc/f2f7",
                                "source",
                                SOURCE),
                        "source"))
                .containsEntry("LoadBalancer", "app/web/50dc")
                .containsEntry("TargetGroup", "targetgroup/source/1");
    }
}
