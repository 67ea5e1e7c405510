package io.bascule.aws.capacity;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.traffic.Removal;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;

/** The {@code CAPACITY} and {@code EXISTENCE} resources of this module, by the adapter that a step names. */
public final class Capacities {
    private Capacities() {}

    public static Actuator capacity(Settings means, Clients clients, Calls calls) {
        String region = means.need("region");
        return means.adapter().equals("ecs")
                ? new ServiceCount(clients, calls, region, means.need("cluster"), means.need("service"))
                : new ScalingCount(clients, calls, region, means.need("group"));
    }

    /** The {@code CONFIGURATION} that keeps what is there. */
    public static Actuator least(Settings means, Clients clients, Calls calls) {
        String region = means.need("region");
        return means.adapter().equals("ecs")
                ? new ServiceLeast(clients, calls, region, means.need("cluster"), means.need("service"))
                : new ScalingLeast(clients, calls, region, means.need("group"));
    }

    public static Actuator existence(Settings means, Clients clients, Calls calls) {
        return new TargetGroupExistence(clients, calls, means.need("region"), means.need("arn"), Removal.places(means));
    }
}
