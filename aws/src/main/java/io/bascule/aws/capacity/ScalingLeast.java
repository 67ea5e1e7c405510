package io.bascule.aws.capacity;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The minimum of an Auto Scaling group. */
final class ScalingLeast extends Least {
    private final String group;

    ScalingLeast(Clients clients, Calls calls, String region, String group) {
        super(clients, calls, region);
        this.group = group;
    }

    @Override
    protected Call<Found<AutoScalingGroup>> read(Deadline deadline) {
        return ScalingCount.group(clients, calls, region, group, deadline)
                .map(found -> new Found<>(image(found.minSize(), found.desiredCapacity(), found.maxSize()), found));
    }

    @Override
    Outcome set(Found<?> found, int least, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.scaling(region)
                                .updateAutoScalingGroup(set -> set.autoScalingGroupName(group)
                                        .minSize(least)
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated(
                "autoscaling:UpdateAutoScalingGroup",
                ((AutoScalingGroup) found.value()).autoScalingGroupARN(),
                deadline);
    }
}
