package io.bascule.aws.name;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Route 53's documented rules for the records of one name, held before any call: the service's own answer would come in
 * the middle of a cutover, and no emulator gives it. Pure.
 */
final class ZoneRules {
    static final int MOST = 255;

    private ZoneRules() {}

    /** What is wrong with the records that a name would have, all of it; empty when they may stand side by side. */
    static List<String> faults(List<ResourceRecordSet> name) {
        List<String> faults = new ArrayList<>();
        for (RRType type : name.stream().map(ResourceRecordSet::type).distinct().toList()) {
            faults.addAll(ofOneType(
                    type, name.stream().filter(set -> set.type() == type).toList()));
        }
        boolean cname = name.stream().anyMatch(set -> set.type() == RRType.CNAME);
        if (cname && name.stream().anyMatch(set -> set.type() != RRType.CNAME)) {
            faults.add("a CNAME stands alone: no other type may have the same name");
        }
        return faults;
    }

    private static List<String> ofOneType(RRType type, List<ResourceRecordSet> sets) {
        List<String> faults = new ArrayList<>();
        long weighted = sets.stream().filter(set -> set.weight() != null).count();
        if (weighted > 0 && weighted < sets.size()) {
            faults.add("a simple and a weighted " + type + " record cannot have the same name");
        }
        if (weighted == 0 && sets.size() > 1) {
            faults.add("there can be one simple " + type + " record of a name");
        }
        Set<String> ids = new HashSet<>();
        sets.forEach(set -> faults.addAll(ofOne(type, set, ids)));
        if (sets.stream()
                        .filter(set -> !isAlias(set))
                        .map(ResourceRecordSet::ttl)
                        .distinct()
                        .count()
                > 1) {
            faults.add("weighted " + type + " records of one name have one TTL");
        }
        if (weighted > 0 && sets.stream().allMatch(set -> set.weight() == null || set.weight() == 0)) {
            faults.add("with every weight 0 Route 53 answers with all " + type + " records alike");
        }
        return faults;
    }

    private static List<String> ofOne(RRType type, ResourceRecordSet set, Set<String> ids) {
        List<String> faults = new ArrayList<>();
        if ((set.weight() == null) != (set.setIdentifier() == null)) {
            faults.add("a " + type + " record has a weight and an identifier, or neither");
        }
        if (set.weight() != null && (set.weight() < 0 || set.weight() > MOST)) {
            faults.add("a weight is 0 to 255, not " + set.weight());
        }
        if (set.setIdentifier() != null && !ids.add(set.setIdentifier())) {
            faults.add("the identifier " + set.setIdentifier() + " is there twice");
        }
        if (set.weight() != null && !isAlias(set) && set.resourceRecords().size() != 1) {
            faults.add("a weighted " + type + " record has one value, not "
                    + set.resourceRecords().size());
        }
        if (!isAlias(set) && (set.ttl() == null || set.resourceRecords().isEmpty())) {
            faults.add("a " + type + " record has a TTL and a value");
        }
        return faults;
    }

    static boolean isAlias(ResourceRecordSet set) {
        return set.aliasTarget() != null;
    }

    /** Whether it is chosen by something else than weight. */
    static boolean isRoutedOtherwise(ResourceRecordSet set) {
        return Stream.of(
                        set.regionAsString(),
                        set.failoverAsString(),
                        set.geoLocation(),
                        set.multiValueAnswer(),
                        set.cidrRoutingConfig(),
                        set.geoProximityLocation(),
                        set.trafficPolicyInstanceId())
                .anyMatch(each -> each != null);
    }
}
