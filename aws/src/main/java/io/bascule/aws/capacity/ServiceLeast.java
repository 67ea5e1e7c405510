package io.bascule.aws.capacity;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.model.Service;

/** What Application Auto Scaling keeps of a service of ECS at least. A service that nothing scales stays as it is. */
final class ServiceLeast extends Least {
    private final String cluster;
    private final String service;

    ServiceLeast(Clients clients, Calls calls, String region, String cluster, String service) {
        super(clients, calls, region);
        this.cluster = cluster;
        this.service = service;
    }

    private String resource() {
        return "service/" + cluster + "/" + service;
    }

    @Override
    protected Call<Found<ScalableTarget>> read(Deadline deadline) {
        return target(deadline)
                .then(scaled -> ServiceCount.service(clients, calls, region, cluster, service, deadline)
                        .map(counted -> found(scaled, counted)));
    }

    private static Found<ScalableTarget> found(ScalableTarget scaled, Service counted) {
        return new Found<>(image(scaled.minCapacity(), counted.desiredCount(), scaled.maxCapacity()), scaled);
    }

    private Call<ScalableTarget> target(Deadline deadline) {
        Call<List<ScalableTarget>> all = calls.send(
                        deadline,
                        within -> clients.serviceScaling(region)
                                .describeScalableTargets(get -> get.serviceNamespace(ServiceNamespace.ECS)
                                        .resourceIds(resource())
                                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                                        .overrideConfiguration(within)))
                .map(answer -> answer.scalableTargets());
        return Call.first(all, "Application Auto Scaling does not scale " + resource() + ": it needs no floor");
    }

    @Override
    Outcome set(Found<?> found, int least, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.serviceScaling(region)
                                .registerScalableTarget(set -> set.serviceNamespace(ServiceNamespace.ECS)
                                        .resourceId(resource())
                                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                                        .minCapacity(least)
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated(
                "application-autoscaling:RegisterScalableTarget",
                String.valueOf(((ScalableTarget) found.value()).scalableTargetARN()),
                deadline);
    }
}
