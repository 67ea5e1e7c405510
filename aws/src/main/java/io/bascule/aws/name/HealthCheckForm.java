package io.bascule.aws.name;

import io.bascule.core.plan.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;

/**
 * What the plan says of a health check, as Route 53 takes it. What else AWS keeps of one (regions, whether latency is
 * measured) is not ours. Pure.
 */
record HealthCheckForm(HealthCheckConfig config) {

    /** @param means {@code protocol}, {@code port}, {@code interval}, {@code failures}, and the rest where it applies */
    static HealthCheckForm of(Settings means) {
        HealthCheckConfig.Builder config = HealthCheckConfig.builder()
                .type(HealthCheckType.fromValue(means.need("protocol").toUpperCase(Locale.ROOT)))
                .port(Integer.valueOf(means.need("port")))
                .requestInterval(Integer.valueOf(means.need("interval").replace("s", "")))
                .failureThreshold(Integer.valueOf(means.need("failures")));
        means.get("address").ifPresent(config::ipAddress);
        means.get("host").ifPresent(config::fullyQualifiedDomainName);
        means.get("path").ifPresent(config::resourcePath);
        means.get("sni").ifPresent(sni -> config.enableSNI(sni.equals("yes")));
        return new HealthCheckForm(config.build());
    }

    /** In what one that is there differs, each with what the plan says; empty when it is as the plan says. */
    String difference(HealthCheckConfig found) {
        Map<String, String> wanted = fields(config);
        Map<String, String> there = fields(found);
        TreeSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(there.keySet());
        List<String> different = new ArrayList<>();
        for (String name : names) {
            String is = there.getOrDefault(name, "none");
            String should = wanted.getOrDefault(name, "none");
            if (!is.equals(should)) {
                different.add(name + " " + is + ", not " + should);
            }
        }
        return String.join("; ", different);
    }

    /** The same for the same check, whatever writes it. */
    String text() {
        return fields(config).toString();
    }

    private static Map<String, String> fields(HealthCheckConfig config) {
        TreeMap<String, String> fields = new TreeMap<>();
        put(fields, "protocol", config.typeAsString());
        put(fields, "address", config.ipAddress());
        put(fields, "host", config.fullyQualifiedDomainName());
        put(fields, "port", config.port());
        put(fields, "path", config.resourcePath());
        put(fields, "interval", config.requestInterval());
        put(fields, "failures", config.failureThreshold());
        put(fields, "searched for", config.searchString());
        put(fields, "sni", isTrue(config.enableSNI()) ? "yes" : null);
        put(fields, "inverted", isTrue(config.inverted()) ? "yes" : null);
        put(fields, "disabled", isTrue(config.disabled()) ? "yes" : null);
        return fields;
    }

    static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            fields.put(name, value.toString().toLowerCase(Locale.ROOT));
        }
    }
}
