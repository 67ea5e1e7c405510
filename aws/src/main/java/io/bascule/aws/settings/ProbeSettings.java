package io.bascule.aws.settings;

import io.bascule.core.plan.Weight;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;

/** What a check asks about a target group. Settings: {@code region}, {@code target-group}, {@code at-least}. */
public abstract class ProbeSettings implements SettingsDecoder {
    private static final Key<String> GROUP = Key.of(
                    "target-group",
                    Shared.arn(
                            "a target group's ARN",
                            "elasticloadbalancing",
                            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/source/73e2d6bc24d8a067"),
                    "The group whose targets are asked for.")
            .required();
    private static final Key<Weight> AT_LEAST = Key.of(
                    "at-least",
                    Types.PERCENT,
                    "How many of its targets must be healthy; those that leave do not count.")
            .orElse("100%");
    private final String adapter;
    private final Section keys;

    private ProbeSettings(String adapter, Section keys) {
        this.adapter = adapter;
        this.keys = keys;
    }

    @Override
    public Role role() {
        return Role.PROBE;
    }

    @Override
    public String adapter() {
        return adapter;
    }

    @Override
    public Section keys() {
        return keys;
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
}
