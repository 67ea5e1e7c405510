package io.bascule.aws.name;

import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Image;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What tests of health checks share: settings as the plan file makes them, states, and what checkers say. */
final class Checks {
    static final Image NONE = Image.of("exists", "no");
    static final Image THERE = Image.of("exists", "yes");
    static final String WELL = "Success: HTTP Status Code: 200. Resolved IP: 203.0.113.2.";
    static final String ILL = "Failure: HTTP Status Code: 503. Resolved IP: 203.0.113.2.";

    private Checks() {}

    static Settings means(String name) {
        return Settings.of(
                "health-check",
                "region",
                Peers.REGION,
                "name",
                name,
                "protocol",
                "https",
                "address",
                "203.0.113.2",
                "host",
                "target.example.com",
                "port",
                "443",
                "path",
                "/health",
                "interval",
                "30s",
                "failures",
                "3",
                "sni",
                "yes");
    }

    /** The same settings with some more. */
    static Settings with(Settings settings, String... more) {
        TreeMap<String, String> values = new TreeMap<>(settings.values());
        values.putAll(Settings.of("", more).values());
        return new Settings(settings.adapter(), values);
    }

    static Entrance entrance(Settings router) {
        return new Entrance("name", router, "http://shop.example.com", 10, Set.of(), Entrance.FreezeMode.REJECT, 0, 1);
    }

    /** A weighted record of the name, which carries a health check or none. */
    static ResourceRecordSet record(String id, long weight, String address, @Nullable String check) {
        return ResourceRecordSet.builder()
                .name("shop.example.com.")
                .type(RRType.A)
                .ttl(60L)
                .setIdentifier(id)
                .weight(weight)
                .healthCheckId(check)
                .resourceRecords(ResourceRecord.builder().value(address).build())
                .build();
    }

    static List<HealthCheckObservation> say(Instant at, int well, int ill) {
        List<HealthCheckObservation> all = new ArrayList<>();
        for (int i = 0; i < well + ill; i++) {
            String status = i < well ? WELL : ILL;
            all.add(HealthCheckObservation.builder()
                    .region("eu-west-1")
                    .statusReport(report -> report.status(status).checkedTime(at))
                    .build());
        }
        return all;
    }
}
