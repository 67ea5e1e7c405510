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
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Whether a target group is there, by the field {@code exists}. It is deleted only when nothing routes to it, also not at
 * weight 0, and when no target is left in it; nothing brings it back. Safe for threads.
 */
final class TargetGroupExistence extends OneField {
    private final Clients clients;
    private final String region;
    private final String arn;

    TargetGroupExistence(Clients clients, Calls calls, String region, String arn) {
        super(calls, Set.of("exists"));
        this.clients = clients;
        this.region = region;
        this.arn = arn;
    }

    @Override
    protected String fault(Image wanted) {
        return wanted.get("exists").equals("no") ? super.fault(wanted) : "nothing brings a deleted target group back";
    }

    @Override
    protected Call<Found<Optional<TargetGroup>>> read(Deadline deadline) {
        Call<Optional<TargetGroup>> call = calls.send(
                        deadline,
                        within -> clients.loadBalancers(region)
                                .describeTargetGroups(
                                        get -> get.targetGroupArns(arn).overrideConfiguration(within)))
                .map(answer -> answer.targetGroups().stream().findFirst());
        boolean gone = call instanceof Call.Rejected<Optional<TargetGroup>> rejected
                && rejected.code().startsWith("TargetGroupNotFound");
        return (gone ? new Call.Answered<>(Optional.<TargetGroup>empty()) : call).map(TargetGroupExistence::found);
    }

    private static Found<Optional<TargetGroup>> found(Optional<TargetGroup> group) {
        Image image = Image.of("exists", group.isPresent() ? "yes" : "no");
        return new Found<>(
                group.map(each -> image.withContext("routed from", String.join(" ", each.loadBalancerArns())))
                        .orElse(image),
                group);
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        String routed = found.image().context().getOrDefault("routed from", "");
        if (!routed.isEmpty()) {
            return new Outcome.Refused(
                    "still referred to, by " + routed + ": take it out of their rules and listeners first", false);
        }
        Call<Integer> targets = calls.send(
                        deadline,
                        within -> clients.loadBalancers(region)
                                .describeTargetHealth(
                                        get -> get.targetGroupArn(arn).overrideConfiguration(within)))
                .map(answer -> answer.targetHealthDescriptions().size());
        if (!(targets instanceof Call.Answered<Integer>(Integer left))) {
            return new Outcome.Refused("not sent, for its targets could not be read: " + targets.why(), true);
        }
        if (left > 0) {
            return new Outcome.Refused(left + " targets are still registered or draining in it", false);
        }
        return calls.send(
                        deadline,
                        within -> clients.loadBalancers(region)
                                .deleteTargetGroup(
                                        delete -> delete.targetGroupArn(arn).overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return new Simulation(clients, calls, region)
                .ask(List.of("elasticloadbalancing:DeleteTargetGroup"), arn, false, deadline);
    }
}
