package io.bascule.aws.capacity;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.aws.traffic.Removal;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Whether a target group is there, by the field {@code exists}. It is deleted only when no target is left in it and
 * nothing routes to it; it is first taken out of those rules and listeners that the plan names for it, where its weight is
 * 0. One that was taken out and is still there is as before: the next attempt goes on from there. Nothing brings a deleted
 * one back. Safe for threads.
 */
final class TargetGroupExistence extends OneField {
    private final String arn;
    private final Removal removal;

    /** @param places ARNs of the rules and listeners that it may be taken out of */
    TargetGroupExistence(Clients clients, Calls calls, String region, String arn, Set<String> places) {
        super(clients, calls, region, Set.of("exists"));
        this.arn = arn;
        this.removal = new Removal(clients, calls, region, arn, places);
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
        String routed = found.image().context().getOrDefault("routed from", "");
        List<String> balancers = routed.isEmpty() ? List.of() : List.of(routed.split(" "));
        return removal.from(balancers, deadline).orElseGet(() -> deleted(deadline));
    }

    private Outcome deleted(Deadline deadline) {
        Call<?> call = calls.send(
                deadline,
                within -> clients.loadBalancers(region)
                        .deleteTargetGroup(delete -> delete.targetGroupArn(arn).overrideConfiguration(within)));
        boolean stillTold =
                call instanceof Call.Rejected<?> rejected && rejected.code().startsWith("ResourceInUse");
        return stillTold ? new Outcome.Refused(call.why(), true) : call.outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        Authority delete = simulated("elasticloadbalancing:DeleteTargetGroup", arn, deadline);
        return delete instanceof Authority.Granted ? removal.mayChange(deadline) : delete;
    }
}
