package io.bascule.aws.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Sample;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Figures against ministack, the peer that has percentiles. */
@Tag("server")
class NumbersServerTest {
    private final Clients clients = Clients.at(Peers.ministack());
    private final String namespace = Peers.fresh("Shop");
    private final Series series = series(clients, namespace);
    private final Numbers numbers = new Numbers(clients, Peers.calls(), series);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private final Span span = new Span(now.minusSeconds(120), now.minusSeconds(60), Instant.EPOCH);

    static Series series(Clients clients, String namespace) {
        return new Series(
                Peers.REGION,
                namespace,
                "RequestCount",
                "HTTPCode_Target_5XX_Count",
                "TargetResponseTime",
                true,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Map.of("LoadBalancer", "app/old/1"),
                Map.of("LoadBalancer", "app/new/2"));
    }

    private void put(String metric, String loadBalancer, Instant at, double... values) {
        for (double value : values) {
            var _ = clients.cloudWatch(Peers.REGION)
                    .putMetricData(put -> put.namespace(namespace)
                            .metricData(MetricDatum.builder()
                                    .metricName(metric)
                                    .dimensions(Dimension.builder()
                                            .name("LoadBalancer")
                                            .value(loadBalancer)
                                            .build())
                                    .timestamp(at.truncatedTo(ChronoUnit.MILLIS))
                                    .value(value)
                                    .build()));
        }
    }

    private static final Metric ERRORS =
            new Metric("errors", "web", new Metric.Rate("failed", "requests"), OptionalLong.of(50));
    private static final Metric P95 = new Metric("p95", "web", new Metric.Percentile(95), OptionalLong.empty());

    @Test
    void counts_are_of_the_window_of_each_side_and_of_nothing_before_or_after() {
        Instant inside = now.minusSeconds(150);
        put("RequestCount", "app/old/1", inside, 40, 60);
        put("RequestCount", "app/new/2", inside, 11);
        put("RequestCount", "app/old/1", now.minusSeconds(400), 7000);
        put("RequestCount", "app/old/1", now.minusSeconds(30), 9000);
        put("HTTPCode_Target_5XX_Count", "app/old/1", inside, 3);
        Call<Map<Side, Numbers.Counts>> call = numbers.counts(span, Peers.soon());
        assertThat(call).isInstanceOf(Call.Answered.class);
        if (call instanceof Call.Answered<Map<Side, Numbers.Counts>>(var counts)) {
            assertThat(counts.get(Side.SOURCE))
                    .isEqualTo(new Numbers.Counts(OptionalDouble.of(100), OptionalDouble.of(3)));
            assertThat(counts.get(Side.TARGET))
                    .isEqualTo(new Numbers.Counts(OptionalDouble.of(11), OptionalDouble.empty()));
        }
    }

    @Test
    void a_series_that_is_not_there_is_absent_and_never_zero() {
        put("RequestCount", "app/new/2", now.minusSeconds(150), 500);
        assertThat(numbers.sample(ERRORS, Side.TARGET, span, Peers.soon())).isEqualTo(new Sample.Absent(500));
        assertThat(numbers.sample(ERRORS, Side.SOURCE, span, Peers.soon())).isEqualTo(new Sample.Absent(0));
        assertThat(numbers.sample(P95, Side.TARGET, span, Peers.soon())).isEqualTo(new Sample.Absent(500));
    }

    @Test
    void rates_are_of_sums_and_seconds_become_milliseconds() {
        Instant inside = now.minusSeconds(150);
        put("RequestCount", "app/new/2", inside, 200);
        put("HTTPCode_Target_5XX_Count", "app/new/2", inside, 5);
        put("TargetResponseTime", "app/new/2", inside, 0.1, 0.1, 0.1, 0.1, 0.1);
        assertThat(numbers.sample(ERRORS, Side.TARGET, span, Peers.soon())).isEqualTo(new Sample.Value(0.025, 200));
        assertThat(numbers.sample(P95, Side.TARGET, span, Peers.soon()))
                .isInstanceOfSatisfying(
                        Sample.Value.class, value -> assertThat(value.value()).isBetween(99.0, 101.0));
    }

    @Test
    void an_alarm_is_a_figure_composite_or_of_a_metric_and_one_that_is_not_there_is_failed() {
        String name = namespace.replaceAll("[^A-Za-z0-9-]", "-");
        var _ = clients.cloudWatch(Peers.REGION)
                .putMetricAlarm(put -> put.alarmName(name + "-child")
                        .namespace(namespace)
                        .metricName("RequestCount")
                        .statistic(Statistic.SUM)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .threshold(1000.0)
                        .period(60)
                        .evaluationPeriods(1));
        var _ = clients.cloudWatch(Peers.REGION)
                .putCompositeAlarm(put -> put.alarmName(name).alarmRule("ALARM(" + name + "-child)"));
        put("RequestCount", "app/new/2", now.minusSeconds(150), 70);
        for (StateValue state : List.of(StateValue.OK, StateValue.ALARM)) {
            for (String each : List.of(name, name + "-child")) {
                var _ = clients.cloudWatch(Peers.REGION)
                        .setAlarmState(
                                set -> set.alarmName(each).stateValue(state).stateReason("a test"));
                assertThat(alarm(each)).isEqualTo(new Sample.Value(state == StateValue.ALARM ? 1 : 0, 70));
            }
        }
        var _ = clients.cloudWatch(Peers.REGION)
                .setAlarmState(set -> set.alarmName(name + "-child")
                        .stateValue(StateValue.INSUFFICIENT_DATA)
                        .stateReason("a test"));
        assertThat(alarm(name + "-child")).isEqualTo(new Sample.Absent(70));
        assertThat(alarm(name + "-none")).isInstanceOf(Sample.Failed.class);
    }

    private Sample alarm(String name) {
        Metric metric = new Metric("alarm", "web", new Metric.Gauge("alarm:" + name), OptionalLong.empty());
        return numbers.sample(metric, Side.TARGET, span, Peers.soon());
    }

    @Test
    void a_source_that_cannot_be_asked_is_failed_and_never_absent() {
        Numbers dead = new Numbers(Clients.at(URI.create("http://127.0.0.1:9")), Peers.calls(), series);
        assertThat(dead.sample(ERRORS, Side.TARGET, span, Peers.soon())).isInstanceOf(Sample.Failed.class);
    }

    /** A deviation, docs/aws.md: fails once moto is right. */
    @Test
    void moto_answers_percentiles_with_an_error() {
        Clients moto = Clients.at(Peers.moto());
        var _ = moto.cloudWatch(Peers.REGION)
                .putMetricData(put -> put.namespace(namespace)
                        .metricData(MetricDatum.builder()
                                .metricName("TargetResponseTime")
                                .dimensions(Dimension.builder()
                                        .name("LoadBalancer")
                                        .value("app/new/2")
                                        .build())
                                .timestamp(now.minusSeconds(150))
                                .value(0.1)
                                .build()));
        Numbers there = new Numbers(moto, Peers.calls(), series(moto, namespace));
        assertThat(there.sample(P95, Side.TARGET, span, Peers.soon())).isInstanceOf(Sample.Failed.class);
    }
}
