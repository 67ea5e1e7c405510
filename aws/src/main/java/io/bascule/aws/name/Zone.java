package io.bascule.aws.name;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Simulation;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The calls to one hosted zone. Nothing is ever upserted. Safe for threads. */
final class Zone {
    private static final int PAGES_MOST = 20;
    private final Clients clients;
    private final String region;
    private final String id;
    private final Calls calls;

    Zone(Clients clients, String region, String id, Calls calls) {
        this.clients = clients;
        this.region = region;
        this.id = id;
        this.calls = calls;
    }

    Calls calls() {
        return calls;
    }

    /** The health checks that records of it may carry. */
    HealthChecks checks() {
        return new HealthChecks(clients, calls, region);
    }

    private Route53Client client() {
        return clients.route53(region);
    }

    /** Everything under a name, of every type. */
    Call<List<ResourceRecordSet>> read(String name, Deadline deadline) {
        List<ResourceRecordSet> found = new ArrayList<>();
        Optional<ListResourceRecordSetsResponse> last = Optional.empty();
        for (int page = 0; page < PAGES_MOST; page++) {
            Optional<ListResourceRecordSetsResponse> before = last;
            Call<ListResourceRecordSetsResponse> call = calls.send(
                    deadline,
                    within -> client().listResourceRecordSets(list -> {
                        list.hostedZoneId(id).startRecordName(name).overrideConfiguration(within);
                        before.ifPresent(from -> list.startRecordName(from.nextRecordName())
                                .startRecordType(from.nextRecordType())
                                .startRecordIdentifier(from.nextRecordIdentifier()));
                    }));
            if (!(call instanceof Call.Answered<ListResourceRecordSetsResponse>(var answer))) {
                return call.map(_ -> List.of());
            }
            for (ResourceRecordSet set : answer.resourceRecordSets()) {
                if (Names.canonical(set.name()).equals(name) && !found.contains(set)) {
                    found.add(set);
                }
            }
            boolean more = Boolean.TRUE.equals(answer.isTruncated())
                    && Names.canonical(answer.nextRecordName()).equals(name);
            if (!more) {
                return new Call.Answered<>(List.copyOf(found));
            }
            last = Optional.of(answer);
        }
        return new Call.Lost<>(name + " has more records than can be read");
    }

    /** One batch: exactly what was seen goes, what is wanted comes; what is the same in both is not named. */
    Call<ChangeInfo> replace(
            List<ResourceRecordSet> seen, List<ResourceRecordSet> wanted, String comment, Deadline deadline) {
        List<Change> changes = new ArrayList<>();
        seen.stream()
                .filter(set -> !wanted.contains(set))
                .forEach(set -> changes.add(change(ChangeAction.DELETE, set)));
        wanted.stream()
                .filter(set -> !seen.contains(set))
                .forEach(set -> changes.add(change(ChangeAction.CREATE, set)));
        return calls.send(
                        deadline,
                        within -> client().changeResourceRecordSets(batch -> batch.hostedZoneId(id)
                                .changeBatch(b -> b.comment(comment).changes(changes))
                                .overrideConfiguration(within)))
                .map(answer -> answer.changeInfo());
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }

    /** Whether records of the zone may be changed. */
    Authority mayChange(Deadline deadline) {
        return new Simulation(clients, calls, region)
                .ask(
                        List.of("route53:ChangeResourceRecordSets"),
                        "arn:aws:route53:::hostedzone/" + id,
                        false,
                        deadline);
    }

    /** Whether every name server of the zone has a change. */
    Call<Boolean> inSync(String changeId, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> client().getChange(get -> get.id(changeId).overrideConfiguration(within)))
                .map(answer -> answer.changeInfo().status() == ChangeStatus.INSYNC);
    }

    /** The zone's own name servers. */
    Call<List<String>> nameServers(Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> client().getHostedZone(get -> get.id(id).overrideConfiguration(within)))
                .map(answer -> answer.delegationSet() == null
                        ? List.of()
                        : answer.delegationSet().nameServers());
    }
}
