package io.bascule.aws.settings;

import io.bascule.core.plan.Settings;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Values;
import java.util.TreeMap;

/**
 * {@code router: elb}: one rule of an application load balancer. Settings: {@code region}, {@code listener} or
 * {@code rule} (ARNs), {@code condition}, {@code source} and {@code target} (ARNs of target groups), {@code side-header},
 * {@code numbers.…}, {@code excuse.WHAT}, and {@code attach} (always yes).
 */
public final class LoadBalancerSettings implements SettingsDecoder {
    private static final Key<String> LISTENER = Key.of(
            "listener",
            Shared.arn(
                    "a listener's ARN",
                    "elasticloadbalancing",
                    "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2"),
            "The listener whose default actions are changed, or whose rule 'condition' names.");
    private static final Key<String> RULE = Key.of(
            "rule",
            Shared.arn(
                    "a rule's ARN",
                    "elasticloadbalancing",
                    "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee"),
            "The rule whose actions are changed.");
    private static final Key<String> CONDITION = Key.of(
            "condition",
            Shared.text("a condition", "host=shop.example.com", "^(host|path)=\\S+$"),
            "The one rule of the listener that has it, where its ARN is not known.");
    private static final Key<String> SOURCE = group("source");
    private static final Key<String> TARGET = group("target");
    private static final Key<String> SIDE_HEADER = Key.of(
                    "side-header",
                    Shared.text("a header's name in lower case", "x-bascule-side", "^[a-z0-9-]+$"),
                    "The header in which the applications say which side they are; without it probes go by the weights.")
            .orElse("x-bascule-side");

    private static Key<String> group(String side) {
        return Key.of(side, Shared.targetGroup(side), "The " + side + "'s target group.")
                .required();
    }

    @Override
    public Role role() {
        return Role.ROUTER;
    }

    @Override
    public String adapter() {
        return "elb";
    }

    @Override
    public Section keys() {
        return Section.of(
                        "a rule of a load balancer",
                        Shared.REGION,
                        LISTENER,
                        RULE,
                        CONDITION,
                        SOURCE,
                        TARGET,
                        SIDE_HEADER,
                        Shared.NUMBERS,
                        Shared.EXCUSE)
                .exactlyOne("listener", "rule");
    }

    @Override
    public Settings settings(Values values) {
        TreeMap<String, String> settings = new TreeMap<>(values.flat(keys()));
        settings.put("attach", "yes");
        return new Settings(adapter(), settings);
    }
}
