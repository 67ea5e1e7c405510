package io.bascule.aws.capacity;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.aws.api.Simulation;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * How many instances an Auto Scaling group is to have, by the field {@code amount}. Its maximum is never raised. Its
 * minimum is lowered only where the amount goes below it, so that nothing grows it again. Safe for threads.
 */
final class ScalingCount extends OneField {
    private final Clients clients;
    private final String region;
    private final String group;

    ScalingCount(Clients clients, Calls calls, String region, String group) {
        super(calls, Set.of("amount"));
        this.clients = clients;
        this.region = region;
        this.group = group;
    }

    @Override
    protected String fault(Image wanted) {
        return wanted.get("amount").matches("\\d{1,6}") ? super.fault(wanted) : "an amount is a whole number";
    }

    @Override
    protected Call<Found<AutoScalingGroup>> read(Deadline deadline) {
        Call<List<AutoScalingGroup>> call = calls.send(
                        deadline,
                        within -> clients.scaling(region)
                                .describeAutoScalingGroups(
                                        get -> get.autoScalingGroupNames(group).overrideConfiguration(within)))
                .map(answer -> answer.autoScalingGroups());
        if (call instanceof Call.Answered<List<AutoScalingGroup>>(var found) && found.isEmpty()) {
            return new Call.Rejected<>("", "there is no Auto Scaling group " + group, false);
        }
        return call.map(found -> new Found<>(image(found.getFirst()), found.getFirst()));
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
        int amount = Integer.parseInt(wanted.get("amount"));
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
        return new Simulation(clients, calls, region)
                .ask(
                        List.of("autoscaling:UpdateAutoScalingGroup"),
                        ((AutoScalingGroup) found.value()).autoScalingGroupARN(),
                        false,
                        deadline);
    }
}
