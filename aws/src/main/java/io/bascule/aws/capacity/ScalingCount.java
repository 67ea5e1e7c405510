package io.bascule.aws.capacity;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * How many instances an Auto Scaling group is to have, by the field {@code amount}. Its maximum is never raised. Its
 * minimum is lowered only where the amount goes below it, so that nothing grows it again. Safe for threads.
 */
final class ScalingCount extends Count {
    private final String group;

    ScalingCount(Clients clients, Calls calls, String region, String group) {
        super(clients, calls, region);
        this.group = group;
    }

    @Override
    protected Call<Found<AutoScalingGroup>> read(Deadline deadline) {
        return group(clients, calls, region, group, deadline).map(found -> new Found<>(image(found), found));
    }

    /** The group as it is now. */
    static Call<AutoScalingGroup> group(Clients clients, Calls calls, String region, String group, Deadline deadline) {
        Call<List<AutoScalingGroup>> all = calls.send(
                        deadline,
                        within -> clients.scaling(region)
                                .describeAutoScalingGroups(
                                        get -> get.autoScalingGroupNames(group).overrideConfiguration(within)))
                .map(answer -> answer.autoScalingGroups());
        return Call.first(all, "there is no Auto Scaling group " + group);
    }

    private static Image image(AutoScalingGroup found) {
        long serving = found.instances().stream()
                .filter(each -> each.lifecycleState() == LifecycleState.IN_SERVICE)
                .count();
        return Image.of("amount", "" + found.desiredCapacity())
                .withContext("least", "" + found.minSize())
                .withContext("most", "" + found.maxSize())
                .withContext("in service", "" + serving);
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        AutoScalingGroup was = (AutoScalingGroup) found.value();
        int amount = amount(wanted);
        if (amount > was.maxSize()) {
            return new Outcome.Refused(
                    group + " may have at most " + was.maxSize() + ": raise its maximum first", false);
        }
        int least = Math.min(was.minSize(), amount);
        return calls.send(
                        deadline,
                        within -> clients.scaling(region)
                                .updateAutoScalingGroup(set -> set.autoScalingGroupName(group)
                                        .minSize(least)
                                        .desiredCapacity(amount)
                                        .overrideConfiguration(within)))
                .outcome(_ -> least == was.minSize() ? "" : "minimum " + was.minSize() + " to " + least);
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated(
                "autoscaling:UpdateAutoScalingGroup",
                ((AutoScalingGroup) found.value()).autoScalingGroupARN(),
                deadline);
    }
}
