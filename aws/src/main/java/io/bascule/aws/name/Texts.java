package io.bascule.aws.name;

import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Records in one line, as evidence and for people. */
final class Texts {
    private Texts() {}

    static String of(ResourceRecordSet set) {
        StringBuilder text = new StringBuilder();
        if (set.weight() != null) {
            text.append("weight ").append(set.weight()).append(' ');
        }
        if (set.aliasTarget() != null) {
            text.append("alias ").append(set.aliasTarget().dnsName());
        } else {
            text.append("ttl ").append(set.ttl()).append(' ');
            text.append(String.join(
                    " ",
                    set.resourceRecords().stream().map(ResourceRecord::value).toList()));
        }
        if (set.healthCheckId() != null) {
            text.append(" health-check ").append(set.healthCheckId());
        }
        return text.toString();
    }
}
