package io.bascule.aws.name;

import io.bascule.core.plan.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What the plan says of a name's two sides: what the target's records lead to, by type, and which weighted record is the
 * source's where there are several.
 *
 * @param sourceId the identifier of the source's record: named in the plan, or ours
 * @param sourceNamed whether the plan names it
 * @param check the health check that the target's records carry, by its name in the plan
 */
record Sides(
        String zone,
        String record,
        SequencedMap<RRType, ResourceRecordSet> target,
        String sourceId,
        boolean sourceNamed,
        String targetId,
        Optional<String> check) {
    private static final Map<String, RRType> PLAIN = Map.of("a", RRType.A, "aaaa", RRType.AAAA, "cname", RRType.CNAME);

    static Sides of(Settings settings) {
        SequencedMap<RRType, ResourceRecordSet> target = new LinkedHashMap<>();
        PLAIN.forEach((key, type) ->
                settings.get("target." + key).ifPresent(value -> target.put(type, plain(type, value))));
        settings.get("target.alias").ifPresent(name -> {
            for (String type : settings.get("target.types").orElse("A").split("[ ,]+")) {
                target.put(RRType.fromValue(type), alias(type, name, settings.need("target.alias-zone")));
            }
        });
        Optional<String> source = settings.get("source.identifier");
        return new Sides(
                settings.need("zone"),
                Names.canonical(settings.need("record")),
                target,
                source.orElse("source"),
                source.isPresent(),
                settings.get("target.identifier").orElse("target"),
                settings.get("target.health-check"));
    }

    private static ResourceRecordSet plain(RRType type, String value) {
        return ResourceRecordSet.builder()
                .type(type)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build();
    }

    private static ResourceRecordSet alias(String type, String name, String zone) {
        return ResourceRecordSet.builder()
                .type(type)
                .aliasTarget(AliasTarget.builder()
                        .dnsName(Names.canonical(name))
                        .hostedZoneId(zone)
                        .evaluateTargetHealth(false)
                        .build())
                .build();
    }

    List<RRType> types() {
        return List.copyOf(target.keySet());
    }
}
