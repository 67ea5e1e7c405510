package io.bascule.aws.traffic;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Deadline;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** The targets of a group as a region's load balancers tell them. Safe for threads. */
final class TargetHealth {
    private final Clients clients;
    private final Calls calls;
    private final String region;

    TargetHealth(Clients clients, Calls calls, String region) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
    }

    Call<List<Target>> of(String group, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.loadBalancers(region)
                                .describeTargetHealth(
                                        get -> get.targetGroupArn(group).overrideConfiguration(within)))
                .map(answer -> answer.targetHealthDescriptions().stream()
                        .map(Target::of)
                        .toList());
    }

    /**
     * One of them.
     *
     * @param name its address or id, with the port where it has one
     * @param state as AWS says it: {@code healthy}, {@code draining}, {@code unused}, …
     * @param reason why; empty where AWS tells none
     */
    record Target(String name, String state, String reason) {
        private static Target of(TargetHealthDescription told) {
            String port =
                    told.target().port() == null ? "" : ":" + told.target().port();
            String reason = told.targetHealth().reasonAsString();
            return new Target(
                    told.target().id() + port, told.targetHealth().stateAsString(), reason == null ? "" : reason);
        }

        boolean isHealthy() {
            return state.equals("healthy");
        }

        /** Leaving: it is given no new request and still ends what it has. */
        boolean isDraining() {
            return state.endsWith("draining");
        }

        /** Its state, with the reason where it is not well. */
        String standing() {
            return state + (isHealthy() || reason.isEmpty() ? "" : " (" + reason + ")");
        }
    }
}
