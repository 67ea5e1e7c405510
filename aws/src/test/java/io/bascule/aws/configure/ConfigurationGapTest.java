package io.bascule.aws.configure;

import io.bascule.aws.Gaps;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.port.Image;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Measurements, by {@code bench/long aws-gap}. */
@Tag("server")
@Tag("long")
class ConfigurationGapTest {
    private final Clients clients = Clients.at(Peers.moto());

    @Test
    void how_long_someones_edit_of_a_parameter_could_go_unseen() {
        String name = "/" + Peers.fresh("shop") + "/database";
        var _ = clients.parameters(Peers.REGION)
                .putParameter(put -> put.name(name).value("source-db").type(ParameterType.STRING));
        Gaps.measure(
                "a parameter (moto)",
                new ParameterValue(clients, Peers.calls(), Peers.REGION, name),
                Image.of("value", "source-db"),
                Image.of("value", "target-db"));
    }

    @Test
    void how_long_someones_edit_of_an_alarm_could_go_unseen() {
        String name = Peers.fresh("alarm");
        var _ = clients.cloudWatch(Peers.REGION)
                .putMetricAlarm(put -> put.alarmName(name)
                        .namespace("Shop")
                        .metricName("Errors")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(5.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
        Gaps.measure(
                "an alarm (moto)",
                new AlarmSubject(clients, Peers.calls(), Peers.REGION, name, Set.of("dimensions")),
                Image.of("dimensions", "Side=source"),
                Image.of("dimensions", "Side=target"));
    }
}
