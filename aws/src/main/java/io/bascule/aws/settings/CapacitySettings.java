package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;

/** How much of a side there is, and the removal of what is left of it. Settings: {@code region}, and the keys below. */
public abstract class CapacitySettings extends Means {
    private CapacitySettings(Role role, String adapter, Section keys) {
        super(role, adapter, keys);
    }

    /** {@code capacity: { side: source, auto-scaling: { group: shop, region: … }, amount: 0 }}. */
    public static final class ScalingGroup extends CapacitySettings {
        public ScalingGroup() {
            super(
                    Role.CAPACITY,
                    "auto-scaling",
                    Section.of(
                            "an Auto Scaling group",
                            Shared.REGION,
                            Key.of("group", Types.PLAIN, "The group's name; its desired capacity is the amount.")
                                    .required()));
        }
    }

    /** {@code capacity: { side: source, ecs: { cluster: shop, service: web, region: … }, amount: 0 }}. */
    public static final class Service extends CapacitySettings {
        public Service() {
            super(
                    Role.CAPACITY,
                    "ecs",
                    Section.of(
                            "a service of ECS",
                            Shared.REGION,
                            Key.of("cluster", Types.PLAIN, "The cluster's name.")
                                    .required(),
                            Key.of("service", Types.PLAIN, "The service's name; its desired count is the amount.")
                                    .required()));
        }
    }

    /** {@code decommission: { target-group: { arn: …, region: … } }}. */
    public static final class TargetGroup extends CapacitySettings {
        public TargetGroup() {
            super(
                    Role.EXISTENCE,
                    "target-group",
                    Section.of(
                            "a target group",
                            Shared.REGION,
                            Key.of(
                                            "arn",
                                            Shared.targetGroup("source"),
                                            "The group that is deleted, when nothing routes to it and nothing is in it.")
                                    .required(),
                            Key.of(
                                    "out-of",
                                    Shared.text(
                                            "ARNs of rules and listeners",
                                            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee",
                                            "^(arn:aws[a-z-]*:elasticloadbalancing:[^ ,]+:listener(-rule)?/[^ ,]+([ ,]+|$))+$"),
                                    "The rules and listeners that it is first taken out of, where its weight is 0."
                                            + " While anything else names it, nothing is changed.")));
        }
    }
}
