package io.bascule.aws.numbers;

import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an entrance's figures are in CloudWatch.
 *
 * @param requests the metric that counts requests; {@code failed} those that failed; {@code latency} how long they took
 * @param inSeconds whether latency is in seconds, as load balancers have it; else in milliseconds
 * @param delay how late data comes
 * @param source the source's dimensions, by name
 */
public record Series(
        String region,
        String namespace,
        String requests,
        String failed,
        String latency,
        boolean inSeconds,
        Duration period,
        Duration delay,
        Map<String, String> source,
        Map<String, String> target) {

    public static Series of(Settings settings, Map<String, String> source, Map<String, String> target) {
        return new Series(
                settings.need("region"),
                settings.need("numbers.namespace"),
                settings.need("numbers.requests"),
                settings.need("numbers.failed"),
                settings.need("numbers.latency"),
                settings.need("numbers.unit").equals("seconds"),
                Duration.parse(settings.need("numbers.period")),
                Duration.parse(settings.need("numbers.delay")),
                Map.copyOf(source),
                Map.copyOf(target));
    }

    public Map<String, String> dimensions(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /** A plan says {@code failed / requests}; other words are CloudWatch's own names. */
    String named(String counter) {
        return switch (counter) {
            case "requests" -> requests;
            case "failed" -> failed;
            default -> counter;
        };
    }

    /** {@code LoadBalancer=app/old/50dc, TargetGroup=…} as a map. */
    public static Map<String, String> dimensions(String text) {
        TreeMap<String, String> dimensions = new TreeMap<>();
        for (String each : text.split("[ ,]+")) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                dimensions.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        return dimensions;
    }
}
