package io.bascule.aws.name;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Settings;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A hosted zone of its own at a peer, with the normal start: a simple record that lives a day, and strangers beside it. */
final class TestZone {
    final Clients clients;
    final String name = Peers.fresh("zone") + ".example.test.";
    final String record = "shop." + name;
    final String id;
    final Zone zone;

    TestZone() {
        this(Peers.ministack());
    }

    TestZone(URI peer) {
        clients = Clients.at(peer);
        id = route53()
                .createHostedZone(create -> create.name(name).callerReference(name))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
        zone = new Zone(clients, Peers.REGION, id, Peers.calls());
        create(simple(RRType.A, 86_400, "10.0.0.1"));
        create(simple(RRType.AAAA, 86_400, "2001:db8::1"));
        create(ResourceRecordSet.builder()
                .name("other." + name)
                .type(RRType.A)
                .ttl(300L)
                .resourceRecords(ResourceRecord.builder().value("10.0.0.99").build())
                .build());
    }

    /** The same zone by way of another endpoint. */
    Zone through(Clients others) {
        return new Zone(others, Peers.REGION, id, Peers.calls());
    }

    Route53Client route53() {
        return clients.route53(Peers.REGION);
    }

    ResourceRecordSet simple(RRType type, long ttl, String value) {
        return ResourceRecordSet.builder()
                .name(record)
                .type(type)
                .ttl(ttl)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build();
    }

    ResourceRecordSet weighted(RRType type, long ttl, String value, String identifier, long weight) {
        return simple(type, ttl, value).toBuilder()
                .setIdentifier(identifier)
                .weight(weight)
                .build();
    }

    void create(ResourceRecordSet set) {
        change(ChangeAction.CREATE, set);
    }

    @SuppressWarnings("unchecked") // the SDK takes its builders as varargs
    void change(ChangeAction action, ResourceRecordSet set) {
        var _ = route53()
                .changeResourceRecordSets(batch -> batch.hostedZoneId(id)
                        .changeBatch(b -> b.changes(Change.builder()
                                .action(action)
                                .resourceRecordSet(set)
                                .build())));
    }

    List<ResourceRecordSet> all() {
        return route53().listResourceRecordSets(list -> list.hostedZoneId(id)).resourceRecordSets();
    }

    /** Everything but the name itself and what claims it. */
    String others() {
        return all().stream()
                .filter(set -> !set.name().equals(record) && !set.name().startsWith("_bascule."))
                .toList()
                .toString();
    }

    Sides sides() {
        return Sides.of(settings());
    }

    Settings settings() {
        return Settings.of(
                "route-53",
                "region",
                Peers.REGION,
                "zone",
                id,
                "record",
                record,
                "target.a",
                "10.0.0.2",
                "target.aaaa",
                "2001:db8::2",
                "name-servers",
                "none");
    }
}
