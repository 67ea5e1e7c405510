package io.bascule.aws.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * One metric of CloudWatch, as {@code GetMetricData} is asked for it.
 *
 * @param dimensions exactly those that it is published with
 */
public record MetricQuery(String namespace, String metric, Map<String, String> dimensions) {

    /** @param id by which the answer is known again; begins with a small letter */
    public MetricDataQuery as(String id, String statistic, Duration period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.period((int) period.toSeconds())
                        .stat(statistic)
                        .metric(of -> of.namespace(namespace).metricName(metric).dimensions(dimensions(dimensions))))
                .build();
    }

    /** Names and values as CloudWatch takes them, in their order. */
    public static List<Dimension> dimensions(Map<String, String> all) {
        return all.entrySet().stream()
                .map(each -> Dimension.builder()
                        .name(each.getKey())
                        .value(each.getValue())
                        .build())
                .toList();
    }
}
