package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Inventory;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.port.Deadline;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Whether the target can have as many targets as the source had at its peak: what Auto Scaling may grow it to, or what is
 * healthy now where nothing scales it; whether the source keeps what it has when its users have left; and whether the load
 * balancer's quota lets both sides stand beside each other.
 */
final class Room {
    static final String PER_BALANCER = "targets-per-application-load-balancer";
    private static final String EXCUSE = "capacity";
    private static final String FLOOR = "floor";
    private final CutoverPlan plan;
    private final String source;
    private final String target;
    private final Inventory inventory;
    private final Deadline deadline;
    private final Looked looked;

    Room(CutoverPlan plan, Entrance entrance, Inventory inventory, Deadline deadline) {
        this.plan = plan;
        this.source = entrance.router().need("source");
        this.target = entrance.router().need("target");
        this.inventory = inventory;
        this.deadline = deadline;
        this.looked = new Looked("capacity " + entrance.name(), entrance.router());
    }

    /** @param peak how many targets of the source were healthy at most; empty where CloudWatch has no such data */
    Looked against(Call<OptionalLong> peak) {
        OptionalLong most = switch (peak) {
            case Call.Answered<OptionalLong>(var known) -> known;
            case Call<OptionalLong> other -> {
                looked.unknown("the source's peak", other.why());
                yield OptionalLong.empty();
            }
        };
        groups(most);
        if (most.isPresent()) {
            looked.saw("a peak of " + most.getAsLong() + " healthy targets at the source");
            quota(most.getAsLong());
        } else if (peak instanceof Call.Answered<OptionalLong>) {
            looked.unknown("the source's peak", "CloudWatch has no HealthyHostCount of it");
        }
        return looked;
    }

    /** Whoever scales the source down when its users have left takes the way back away. */
    private void floors(List<AutoScalingGroup> groups) {
        for (AutoScalingGroup group : groups) {
            boolean kept = plan.steps()
                    .anyMatch(step -> step.action() instanceof Action.Configure configure
                            && configure.means().adapter().equals("auto-scaling")
                            && configure.means().need("group").equals(group.autoScalingGroupName()));
            looked.saw("the source's Auto Scaling group " + group.autoScalingGroupName() + " has "
                    + group.desiredCapacity() + ", and at least " + group.minSize());
            if (!kept && group.minSize() < group.desiredCapacity()) {
                looked.found(
                        FLOOR,
                        "the source's Auto Scaling group " + group.autoScalingGroupName() + " may shrink from "
                                + group.desiredCapacity() + " to " + group.minSize()
                                + " when its users have left: configure its 'least'");
            }
        }
    }

    private static List<AutoScalingGroup> of(List<AutoScalingGroup> all, String targetGroup) {
        return all.stream()
                .filter(each -> each.targetGroupARNs().contains(targetGroup))
                .toList();
    }

    private void groups(OptionalLong most) {
        switch (inventory.scalingGroups(deadline)) {
            case Call.Answered<List<AutoScalingGroup>>(var all) -> {
                floors(of(all, source));
                most.ifPresent(peak -> target(peak, of(all, target)));
            }
            case Call<List<AutoScalingGroup>> other -> looked.unknown("Auto Scaling groups", other.why());
        }
    }

    private void target(long peak, List<AutoScalingGroup> groups) {
        if (groups.isEmpty()) {
            healthy(peak);
        } else {
            scaled(peak, groups);
        }
    }

    private void scaled(long peak, List<AutoScalingGroup> groups) {
        long most = groups.stream().mapToLong(AutoScalingGroup::maxSize).sum();
        looked.saw(groups.size() + " Auto Scaling groups that grow the target to " + most);
        if (most < peak) {
            looked.found(EXCUSE, "the target may grow to " + most + " targets, the source's peak was " + peak);
        }
    }

    /** Nothing that we can see scales the target: what it has is what it has. */
    private void healthy(long peak) {
        switch (inventory.targets(target, deadline)) {
            case Call.Answered<Map<String, Boolean>>(var targets) -> {
                long healthy = targets.values().stream().filter(each -> each).count();
                looked.saw(healthy + " of " + targets.size()
                        + " targets healthy at the target, with no Auto Scaling group");
                if (healthy < peak) {
                    looked.found(
                            EXCUSE,
                            "the target has " + healthy
                                    + " healthy targets and no Auto Scaling group, the source's peak" + " was " + peak);
                }
            }
            case Call<Map<String, Boolean>> other -> looked.unknown("targets of the target", other.why());
        }
    }

    private void quota(long peak) {
        if (!(inventory.balancerLimits(deadline) instanceof Call.Answered<Map<String, Long>>(var limits))) {
            looked.unknown("the quota of targets", "its limits cannot be read");
            return;
        }
        Long most = limits.get(PER_BALANCER);
        if (most == null) {
            looked.unknown("the quota of targets", PER_BALANCER + " is not told");
            return;
        }
        Call<Map<String, Boolean>> now = inventory.targets(source, deadline);
        long both = peak + (now instanceof Call.Answered<Map<String, Boolean>>(var targets) ? targets.size() : peak);
        looked.saw("a quota of " + most + " targets");
        if (both > most) {
            looked.found("quota", "a load balancer may have " + most + " targets, and both sides at peak are " + both);
        }
    }
}
