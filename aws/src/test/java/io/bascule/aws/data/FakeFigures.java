package io.bascule.aws.data;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** CloudWatch as it counts one replication task: a datapoint for each whole minute, told one minute late. */
final class FakeFigures implements CloudWatchClient {
    private static final Map<String, String> DIMENSIONS = Map.of(
            "ReplicationInstanceIdentifier",
            FakeMigrations.INSTANCE_NAME,
            "ReplicationTaskIdentifier",
            FakeMigrations.TASK.substring(FakeMigrations.TASK.lastIndexOf(':') + 1));
    private static final Duration LATE = Duration.ofMinutes(1);

    final Map<Figure, Double> values = new EnumMap<>(Figure.class);
    Instant now = Instant.MAX;
    boolean broken;
    boolean partial;
    int asked;
    Runnable whenAsked = () -> {};

    FakeFigures() {
        for (Figure figure : Figure.values()) {
            values.put(figure, 0.0);
        }
    }

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        asked++;
        whenAsked.run();
        if (broken) {
            throw SdkClientException.create("the connection was reset");
        }
        return GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> result(query, request))
                        .toList())
                .build();
    }

    private MetricDataResult result(MetricDataQuery query, GetMetricDataRequest request) {
        Map<String, String> dimensions = new TreeMap<>();
        for (Dimension each : query.metricStat().metric().dimensions()) {
            dimensions.put(each.name(), each.value());
        }
        List<Instant> minutes = new ArrayList<>();
        List<Double> told = new ArrayList<>();
        for (Figure figure : values.keySet()) {
            boolean isIt = query.metricStat().metric().metricName().equals(figure.metric())
                    && query.metricStat().metric().namespace().equals("AWS/DMS")
                    && dimensions.equals(DIMENSIONS);
            Instant now = this.now.equals(Instant.MAX) ? Instant.now() : this.now;
            Instant first = request.startTime().truncatedTo(ChronoUnit.MINUTES);
            for (Instant minute = first;
                    isIt
                            && minute.isBefore(request.endTime())
                            && !minute.plus(LATE).isAfter(now);
                    minute = minute.plus(LATE)) {
                minutes.addFirst(minute);
                told.add(values.get(figure));
            }
        }
        return MetricDataResult.builder()
                .id(query.id())
                .statusCode(partial ? StatusCode.PARTIAL_DATA : StatusCode.COMPLETE)
                .timestamps(minutes)
                .values(told)
                .build();
    }

    @Override
    public String serviceName() {
        return "monitoring";
    }

    @Override
    public void close() {}
}
