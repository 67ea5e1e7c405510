package io.bascule.aws.numbers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** CloudWatch with one metric: told in pages, only for its very dimensions, and with whatever fault a test wants. */
final class FakeCloudWatch implements CloudWatchClient {
    final NavigableMap<Instant, Double> points = new TreeMap<>();
    final List<GetMetricDataRequest> asked = new ArrayList<>();
    final Map<String, String> dimensions = new TreeMap<>();
    int page = Integer.MAX_VALUE;
    boolean samePage;
    StatusCode lastStatus = StatusCode.COMPLETE;
    Runnable fault = () -> {};

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        asked.add(request);
        fault.run();
        MetricDataQuery query = request.metricDataQueries().getFirst();
        Map<String, String> wanted = new TreeMap<>();
        for (Dimension each : query.metricStat().metric().dimensions()) {
            wanted.put(each.name(), each.value());
        }
        List<Instant> times = wanted.equals(dimensions)
                ? points.subMap(request.startTime(), true, request.endTime(), false).keySet().stream()
                        .toList()
                : List.of();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = (int) Math.min(times.size(), (long) from + page);
        boolean more = to < times.size();
        List<Instant> told = times.subList(from, to);
        return GetMetricDataResponse.builder()
                .nextToken(more ? "" + (samePage ? page : to) : null)
                .metricDataResults(MetricDataResult.builder()
                        .id(query.id())
                        .timestamps(told)
                        .values(told.stream().map(points::get).toList())
                        .statusCode(more ? StatusCode.PARTIAL_DATA : lastStatus)
                        .build())
                .build();
    }

    /** A point for each minute from then on. */
    void minutes(Instant from, double... values) {
        for (int i = 0; i < values.length; i++) {
            points.put(from.plus(Duration.ofMinutes(i)), values[i]);
        }
    }

    @Override
    public String serviceName() {
        return "monitoring";
    }

    @Override
    public void close() {}
}
