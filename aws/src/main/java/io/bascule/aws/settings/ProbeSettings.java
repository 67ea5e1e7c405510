package io.bascule.aws.settings;

import io.bascule.core.plan.Weight;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;

/**
 * What a check asks about health. Settings: {@code region}, {@code target-group}, {@code at-least}; of a health check its
 * {@code name}.
 */
public abstract class ProbeSettings extends Means {
    private static final Key<String> GROUP = Key.of(
                    "target-group", Shared.targetGroup("source"), "The group whose targets are asked for.")
            .required();
    private static final Key<Weight> AT_LEAST = Key.of(
                    "at-least",
                    Types.PERCENT,
                    "How many of its targets must be healthy; those that leave do not count.")
            .orElse("100%");

    private ProbeSettings(String adapter, Section keys) {
        super(Role.PROBE, adapter, keys);
    }

    /** {@code check: { drained: { target-group: …, region: … } }}. */
    public static final class Drained extends ProbeSettings {
        public Drained() {
            super("drained", Section.of("a target group that is drained", Shared.REGION, GROUP));
        }
    }

    /** {@code check: { healthy: { target-group: …, region: …, at-least: 50% } }}. */
    public static final class Healthy extends ProbeSettings {
        public Healthy() {
            super("healthy", Section.of("a target group that is healthy", Shared.REGION, GROUP, AT_LEAST));
        }
    }

    /** {@code check: { health-check: { name: shop-target, region: … }, time-out: 5m }}. */
    public static final class Green extends ProbeSettings {
        public Green() {
            super(
                    "health-check",
                    Section.of(
                            "a health check of Route 53 that is green",
                            Key.of("name", Shared.HEALTH_CHECK, "The health check, made by a configure step.")
                                    .required(),
                            Shared.REGION));
        }
    }
}
