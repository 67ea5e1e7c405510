package io.bascule.aws;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.AdapterProvider;
import io.bascule.core.port.Platform;
import java.time.InstantSource;
import java.util.Set;

/** The adapters of AWS. Knows their names only; the SDK is loaded by {@link #open}. */
public final class AwsProvider implements AdapterProvider {
    @Override
    public Set<String> adapters() {
        return Set.of(
                "elb",
                "route-53",
                "parameter",
                "secret",
                "alarm",
                "schedule",
                "health-check",
                "sns",
                "ses",
                "dashboard",
                "auto-scaling",
                "ecs",
                "target-group",
                "dms",
                "snapshot",
                "datasync",
                "blue-green",
                "drained",
                "healthy");
    }

    @Override
    public Platform open(CutoverPlan plan, String run, InstantSource clock) {
        return new AwsPlatform(plan, run, clock);
    }

    @Override
    public String permissions(CutoverPlan plan) {
        return Permissions.of(plan);
    }
}
