package io.bascule.aws.configure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Where the peers are known to differ from AWS in configuration, docs/aws.md: each fails once its peer is right. */
@Tag("server")
class ConfigurationDeviationsTest {
    @Test
    void moto_gives_the_other_value_of_a_secret_whose_label_was_moved() {
        SecretsManagerClient secrets = Clients.at(Peers.moto()).secrets(Peers.REGION);
        String name = Peers.fresh("secret");
        String first = secrets.createSecret(create -> create.name(name).secretString("one"))
                .versionId();
        String second = secrets.putSecretValue(put -> put.secretId(name).secretString("two"))
                .versionId();
        var _ = secrets.updateSecretVersionStage(move -> move.secretId(name)
                .versionStage("AWSCURRENT")
                .removeFromVersionId(second)
                .moveToVersionId(first));
        assertThat(secrets.getSecretValue(get -> get.secretId(name)).secretString())
                .isEqualTo("two");
    }

    /** An alarm on another side's errors than the ones that are put in, ten of them. */
    private static CloudWatchClient alarmed(CloudWatchClient cloudWatch, String name) {
        var _ = cloudWatch.putMetricAlarm(put -> put.alarmName(name)
                .namespace(name)
                .metricName("Errors")
                .dimensions(side("target"))
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(5.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
        return cloudWatch;
    }

    private static void fail(CloudWatchClient cloudWatch, String name, String side) {
        var _ = cloudWatch.putMetricData(put -> put.namespace(name)
                .metricData(MetricDatum.builder()
                        .metricName("Errors")
                        .dimensions(side(side))
                        .timestamp(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                        .value(10.0)
                        .build()));
    }

    private static Dimension side(String side) {
        return Dimension.builder().name("Side").value(side).build();
    }

    private static StateValue state(CloudWatchClient cloudWatch, String name) {
        return cloudWatch
                .describeAlarms(get -> get.alarmNames(name))
                .metricAlarms()
                .getFirst()
                .stateValue();
    }

    @Test
    void ministack_tells_no_dimensions_of_an_alarm() {
        String name = Peers.fresh("alarm");
        CloudWatchClient cloudWatch = alarmed(Clients.at(Peers.ministack()).cloudWatch(Peers.REGION), name);
        assertThat(cloudWatch
                        .describeAlarms(get -> get.alarmNames(name))
                        .metricAlarms()
                        .getFirst()
                        .dimensions())
                .isEmpty();
    }

    @Test
    void ministack_judges_an_alarm_by_figures_of_another_dimension() {
        String name = Peers.fresh("alarm");
        CloudWatchClient cloudWatch = alarmed(Clients.at(Peers.ministack()).cloudWatch(Peers.REGION), name);
        fail(cloudWatch, name, "source");
        assertThat(state(cloudWatch, name)).isEqualTo(StateValue.ALARM);
    }

    @Test
    void moto_judges_no_alarm_at_all() {
        String name = Peers.fresh("alarm");
        CloudWatchClient cloudWatch = alarmed(Clients.at(Peers.moto()).cloudWatch(Peers.REGION), name);
        fail(cloudWatch, name, "target");
        assertThat(state(cloudWatch, name)).isNotEqualTo(StateValue.ALARM);
    }
}
