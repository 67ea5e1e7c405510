package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import java.util.List;
import java.util.Set;

/** How much of a side there is, and the removal of what is left of it. Settings: {@code region}, and the keys below. */
public abstract class CapacitySettings extends Means {
    private static final Key<String> GROUP = Key.of(
                    "group",
                    Types.PLAIN,
                    "The group's name; its desired capacity is the amount, its minimum the least.")
            .required();
    private static final Key<String> CLUSTER =
            Key.of("cluster", Types.PLAIN, "The cluster's name.").required();
    private static final Key<String> SERVICE = Key.of(
                    "service",
                    Types.PLAIN,
                    "The service's name; its desired count is the amount, what Application Auto Scaling keeps the least.")
            .required();

    private CapacitySettings(Role role, String adapter, Section keys) {
        super(role, adapter, keys);
    }

    /** {@code capacity: { side: source, auto-scaling: { group: shop, region: … }, amount: 0 }}. */
    public static final class ScalingGroup extends CapacitySettings {
        public ScalingGroup() {
            super(Role.CAPACITY, "auto-scaling", Section.of("an Auto Scaling group", Shared.REGION, GROUP));
        }
    }

    /** {@code capacity: { side: source, ecs: { cluster: shop, service: web, region: … }, amount: 0 }}. */
    public static final class Service extends CapacitySettings {
        public Service() {
            super(Role.CAPACITY, "ecs", Section.of("a service of ECS", Shared.REGION, CLUSTER, SERVICE));
        }
    }

    /** {@code configure: { auto-scaling: { group: shop, region: … }, side: source, set: { least: 4 } }}. */
    public static final class LeastOfGroup extends Least {
        public LeastOfGroup() {
            super("auto-scaling", "the least that an Auto Scaling group keeps", GROUP, List.of());
        }
    }

    /** {@code configure: { ecs: { cluster: shop, service: web, region: … }, side: source, set: { least: 4 } }}. */
    public static final class LeastOfService extends Least {
        public LeastOfService() {
            super("ecs", "the least that Application Auto Scaling keeps of a service", SERVICE, List.of(CLUSTER));
        }
    }

    /** A floor under what is there, so that it does not shrink when its users have left. */
    abstract static class Least extends ConfigurationSettings {
        Least(String adapter, String what, Key<String> main, List<Key<?>> more) {
            super(adapter, main, Section.of(what, main, Shared.REGION).with(more), Set.of("least"));
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
