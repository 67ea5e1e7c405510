package io.bascule.aws.numbers;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.MetricQuery;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * What CloudWatch knows of an entrance, for each side. Data comes late, so a window is read {@link Series#delay} earlier
 * than it is asked for, in whole periods; what lies before the last change of weights is left out. Safe for threads.
 */
public final class Numbers {
    /** How a plan's gauge names an alarm: {@code gauge: alarm:shop-burns}. */
    private static final String ALARM = "alarm:";

    private static final double MILLIS = 1000;
    private final Clients clients;
    private final Calls calls;
    private final Series series;

    public Numbers(Clients clients, Calls calls, Series series) {
        this.clients = clients;
        this.calls = calls;
        this.series = series;
    }

    /** Of one side, in a window: absent is empty, never 0. */
    public record Counts(OptionalDouble requests, OptionalDouble failed) {
        public long requestsOrNone() {
            return Math.round(requests.orElse(0));
        }

        public long failedOrNone() {
            return Math.round(failed.orElse(0));
        }
    }

    private record Asked(String id, Side side, String metric, String statistic) {}

    /** Requests and failures of both sides. */
    public Call<Map<Side, Counts>> counts(Span span, Deadline deadline) {
        List<Asked> asked = new ArrayList<>();
        for (Side side : Side.values()) {
            asked.add(new Asked("requests_" + side.word(), side, series.requests(), "Sum"));
            asked.add(new Asked("failed_" + side.word(), side, series.failed(), "Sum"));
        }
        return read(asked, span, deadline).map(values -> {
            Map<Side, Counts> counts = new LinkedHashMap<>();
            for (Side side : Side.values()) {
                counts.put(
                        side,
                        new Counts(total(values, "requests_" + side.word()), total(values, "failed_" + side.word())));
            }
            return counts;
        });
    }

    private static OptionalDouble total(Map<String, List<Double>> values, String id) {
        List<Double> points = values.getOrDefault(id, List.of());
        return points.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        points.stream().mapToDouble(Double::doubleValue).sum());
    }

    /** One metric of one side. A side without requests has no figures: {@code Absent}. */
    public Sample sample(Metric metric, Side side, Span span, Deadline deadline) {
        if (metric.kind() instanceof Metric.Gauge(String name) && name.startsWith(ALARM)) {
            return alarm(name.substring(ALARM.length()), side, span, deadline);
        }
        List<Asked> asked = new ArrayList<>();
        asked.add(new Asked("requests", side, series.requests(), "Sum"));
        switch (metric.kind()) {
            case Metric.Rate(String numerator, String denominator) -> {
                asked.add(new Asked("numerator", side, series.named(numerator), "Sum"));
                asked.add(new Asked("denominator", side, series.named(denominator), "Sum"));
            }
            case Metric.Percentile(double percentile) ->
                asked.add(new Asked("value", side, series.latency(), "p" + plain(percentile)));
            case Metric.Gauge(String name) -> asked.add(new Asked("value", side, name, "Average"));
        }
        Call<Map<String, List<Double>>> call = read(asked, span, deadline);
        return call instanceof Call.Answered<Map<String, List<Double>>>(var values)
                ? sample(metric.kind(), values)
                : new Sample.Failed("CloudWatch: " + call.why());
    }

    /** An alarm as it stands now, composite or of a metric: 1 in ALARM, 0 when OK, absent without data. Of no side. */
    private Sample alarm(String name, Side side, Span span, Deadline deadline) {
        Call<Map<String, List<Double>>> counted =
                read(List.of(new Asked("requests", side, series.requests(), "Sum")), span, deadline);
        if (!(counted instanceof Call.Answered<Map<String, List<Double>>>(var values))) {
            return new Sample.Failed("CloudWatch: " + counted.why());
        }
        long requests = Math.round(total(values, "requests").orElse(0));
        Call<List<StateValue>> call = calls.send(
                        deadline,
                        within -> clients.cloudWatch(series.region())
                                .describeAlarms(get -> get.alarmNames(name)
                                        .alarmTypes(AlarmType.COMPOSITE_ALARM, AlarmType.METRIC_ALARM)
                                        .overrideConfiguration(within)))
                .map(answer -> Stream.concat(
                                answer.compositeAlarms().stream().map(each -> each.stateValue()),
                                answer.metricAlarms().stream().map(each -> each.stateValue()))
                        .toList());
        if (!(call instanceof Call.Answered<List<StateValue>>(var states))) {
            return new Sample.Failed("CloudWatch: " + call.why());
        }
        if (states.size() != 1) {
            return new Sample.Failed("CloudWatch has no alarm " + name);
        }
        return switch (states.getFirst()) {
            case ALARM -> new Sample.Value(1, requests);
            case OK -> new Sample.Value(0, requests);
            default -> new Sample.Absent(requests);
        };
    }

    private Sample sample(Metric.Kind kind, Map<String, List<Double>> values) {
        long requests = Math.round(total(values, "requests").orElse(0));
        OptionalDouble value = switch (kind) {
            case Metric.Rate _ -> ratio(total(values, "numerator"), total(values, "denominator"));
            // no period's percentile is exceeded by more of the window than of the period: the highest bounds it
            case Metric.Percentile _ ->
                scaled(values.getOrDefault("value", List.of()).stream()
                        .mapToDouble(Double::doubleValue)
                        .max());
            case Metric.Gauge _ ->
                values.getOrDefault("value", List.of()).stream()
                        .mapToDouble(Double::doubleValue)
                        .average();
        };
        return value.isPresent() ? new Sample.Value(value.getAsDouble(), requests) : new Sample.Absent(requests);
    }

    private OptionalDouble scaled(OptionalDouble value) {
        return value.isPresent() && series.inSeconds() ? OptionalDouble.of(value.getAsDouble() * MILLIS) : value;
    }

    private static OptionalDouble ratio(OptionalDouble numerator, OptionalDouble denominator) {
        boolean whole = numerator.isPresent() && denominator.isPresent() && denominator.getAsDouble() > 0;
        return whole ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble()) : OptionalDouble.empty();
    }

    private static String plain(double percentile) {
        return percentile == Math.rint(percentile) ? "" + (long) percentile : "" + percentile;
    }

    private Call<Map<String, List<Double>>> read(List<Asked> asked, Span span, Deadline deadline) {
        Optional<Span> read = span.read(series.delay(), series.period());
        if (read.isEmpty()) {
            return new Call.Answered<>(Map.of());
        }
        List<MetricDataQuery> queries = asked.stream().map(this::query).toList();
        Call<GetMetricDataResponse> call = calls.send(
                deadline,
                within -> clients.cloudWatch(series.region())
                        .getMetricData(get -> get.startTime(read.get().from())
                                .endTime(read.get().to())
                                .metricDataQueries(queries)
                                .overrideConfiguration(within)));
        return switch (call) {
            case Call.Answered<GetMetricDataResponse>(var answer) -> points(answer, read.get());
            case Call<GetMetricDataResponse> other -> other.map(_ -> Map.of());
        };
    }

    private MetricDataQuery query(Asked asked) {
        return new MetricQuery(series.namespace(), asked.metric(), series.dimensions(asked.side()))
                .as(asked.id(), asked.statistic(), series.period());
    }

    private static Call<Map<String, List<Double>>> points(GetMetricDataResponse answer, Span span) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (MetricDataResult result : answer.metricDataResults()) {
            if (result.statusCode() == StatusCode.PARTIAL_DATA || result.statusCode() == StatusCode.INTERNAL_ERROR) {
                return new Call.Lost<>(
                        "CloudWatch has only a part of " + result.id() + ": " + result.statusCodeAsString());
            }
            List<Double> points = new ArrayList<>();
            for (int i = 0; i < result.values().size(); i++) {
                Instant at = result.timestamps().get(i);
                if (!at.isBefore(span.from()) && at.isBefore(span.to())) {
                    points.add(result.values().get(i));
                }
            }
            values.put(result.id(), points);
        }
        return new Call.Answered<>(values);
    }
}
