package io.bascule.aws.configure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.aws.api.PeerActuatorConformance;
import io.bascule.aws.api.Peers;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.testkit.ConfigurationConformance;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Parameters, versions of secrets and alarms, each against both peers. */
@Tag("server")
class ConfigurationServerTest {
    /** A parameter of its own. */
    static final class TestParameter {
        final Clients clients;
        final String name = "/" + Peers.fresh("shop") + "/database";

        TestParameter(URI peer) {
            clients = Clients.at(peer);
            put(name, "source-db");
            put(name + "-other", "kept");
        }

        void put(String which, String value) {
            var _ = clients.parameters(Peers.REGION)
                    .putParameter(put -> put.name(which)
                            .value(value)
                            .type(ParameterType.STRING)
                            .overwrite(true));
        }

        String get(String which) {
            return clients.parameters(Peers.REGION)
                    .getParameter(get -> get.name(which))
                    .parameter()
                    .value();
        }

        Actuator actuator() {
            return new ParameterValue(clients, Peers.calls(), Peers.REGION, name);
        }
    }

    abstract static class Parameters extends ConfigurationConformance {
        private final TestParameter world = new TestParameter(peer());

        abstract URI peer();

        @Override
        protected Actuator configuration() {
            return world.actuator();
        }

        @Override
        protected String field() {
            return "value";
        }

        @Override
        protected String first() {
            return "source-db";
        }

        @Override
        protected String second() {
            return "target-db";
        }

        @Override
        protected String others() {
            return world.get(world.name + "-other");
        }

        @Override
        protected void lose() {
            var _ = world.clients.parameters(Peers.REGION).deleteParameter(delete -> delete.name(world.name));
        }

        @Override
        protected void setByOthers(String value) {
            world.put(world.name, value);
        }

        @Override
        protected boolean leases() {
            return false;
        }
    }

    @Nested
    class ParametersOfMoto extends Parameters {
        @Override
        URI peer() {
            return Peers.moto();
        }
    }

    @Nested
    class ParametersOfMinistack extends Parameters {
        @Override
        URI peer() {
            return Peers.ministack();
        }
    }

    @Nested
    class ParameterAsActuator extends PeerActuatorConformance {
        private final TestParameter world = new TestParameter(Peers.moto());

        @Override
        protected Actuator actuator() {
            return world.actuator();
        }

        @Override
        protected Image from() {
            return Image.of("value", "source-db");
        }

        @Override
        protected Image to() {
            return Image.of("value", "target-db");
        }

        @Override
        protected String bystanders() {
            return world.get(world.name + "-other");
        }
    }

    abstract static class Secrets extends PeerActuatorConformance {
        private final Clients clients = Clients.at(peer());
        private final String name = Peers.fresh("secret");
        private final String first = clients.secrets(Peers.REGION)
                .createSecret(create -> create.name(name).secretString("one"))
                .versionId();
        private final String second = clients.secrets(Peers.REGION)
                .putSecretValue(put -> put.secretId(name).secretString("two"))
                .versionId();

        abstract URI peer();

        @Override
        protected Actuator actuator() {
            return new SecretVersion(clients, Peers.calls(), Peers.REGION, name);
        }

        @Override
        protected Image from() {
            return Image.of("version", second);
        }

        @Override
        protected Image to() {
            return Image.of("version", first);
        }
    }

    @Nested
    class SecretsOfMoto extends Secrets {
        @Override
        URI peer() {
            return Peers.moto();
        }
    }

    @Nested
    class SecretsOfMinistack extends Secrets {
        @Override
        URI peer() {
            return Peers.ministack();
        }
    }

    abstract static class Alarms extends PeerActuatorConformance {
        private final Clients clients = Clients.at(peer());
        private final String name = Peers.fresh("alarm");

        abstract URI peer();

        Alarms() {
            edit("targetgroup/old/1", 10.0);
        }

        /** As someone writes it who knows nothing of us. */
        private void edit(String targetGroup, double threshold) {
            var _ = clients.cloudWatch(Peers.REGION)
                    .putMetricAlarm(put -> put.alarmName(name)
                            .alarmDescription("errors of the shop")
                            .namespace("AWS/ApplicationELB")
                            .metricName("HTTPCode_Target_5XX_Count")
                            .dimensions(
                                    Dimension.builder()
                                            .name("LoadBalancer")
                                            .value("app/old/1")
                                            .build(),
                                    Dimension.builder()
                                            .name("TargetGroup")
                                            .value(targetGroup)
                                            .build())
                            .statistic(Statistic.SUM)
                            .period(60)
                            .evaluationPeriods(3)
                            .datapointsToAlarm(2)
                            .threshold(threshold)
                            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                            .treatMissingData("notBreaching")
                            .alarmActions("arn:aws:sns:eu-central-1:123456789012:page"));
        }

        @Override
        protected Actuator actuator() {
            return new AlarmSubject(clients, Peers.calls(), Peers.REGION, name, Set.of("dimensions"));
        }

        @Override
        protected Image from() {
            return Image.of("dimensions", "LoadBalancer=app/old/1, TargetGroup=targetgroup/old/1");
        }

        @Override
        protected Image to() {
            return Image.of("dimensions", "LoadBalancer=app/new/2, TargetGroup=targetgroup/new/2");
        }

        /** Everything of the alarm that is not what it watches, nor made by the server. */
        @Override
        protected String bystanders() {
            var alarm = clients.cloudWatch(Peers.REGION)
                    .describeAlarms(get -> get.alarmNames(name))
                    .metricAlarms()
                    .getFirst();
            return alarm.alarmDescription()
                    + alarm.metricName()
                    + alarm.statistic()
                    + alarm.period()
                    + alarm.evaluationPeriods()
                    + alarm.datapointsToAlarm()
                    + alarm.threshold()
                    + alarm.comparisonOperator()
                    + alarm.treatMissingData()
                    + alarm.alarmActions()
                    + alarm.actionsEnabled();
        }

        /** Between our look and our call someone raises the threshold; then someone points the alarm elsewhere. */
        @Test
        void what_someone_edits_before_our_last_read_is_not_overwritten() {
            Change ours = new Change("run/a/forward/1", Instant.now().plusSeconds(10), from(), to());
            edit("targetgroup/old/1", 25.0);
            assertThat(actuator().apply(ours, Peers.soon())).isInstanceOf(Outcome.Done.class);
            assertThat(alarm().threshold()).isEqualTo(25.0);
            Change back = new Change("run/a/back/1", Instant.now().plusSeconds(10), to(), from());
            edit("targetgroup/third/3", 25.0);
            assertThat(actuator().apply(back, Peers.soon())).isInstanceOf(Outcome.Refused.class);
            assertThat(AlarmSubject.text(alarm().dimensions())).contains("targetgroup/third/3");
        }

        private MetricAlarm alarm() {
            return clients.cloudWatch(Peers.REGION)
                    .describeAlarms(get -> get.alarmNames(name))
                    .metricAlarms()
                    .getFirst();
        }
    }

    @Nested
    class AlarmsOfMoto extends Alarms {
        @Override
        URI peer() {
            return Peers.moto();
        }
    }

    @Test
    void a_version_that_someone_else_wrote_between_read_and_write_is_told() {
        TestParameter world = new TestParameter(Peers.moto());
        ParameterValue value = new ParameterValue(world.clients, Peers.calls(), Peers.REGION, world.name);
        var before = value.read(Peers.soon());
        world.put(world.name, "of someone else");
        assertThat(before).isInstanceOf(io.bascule.aws.api.Call.Answered.class);
        if (before
                instanceof
                io.bascule.aws.api.Call.Answered<OneField.Found<software.amazon.awssdk.services.ssm.model.Parameter>>(
                        var found)) {
            assertThat(value.write(found, Image.of("value", "ours"), Peers.soon()))
                    .isInstanceOfSatisfying(
                            Outcome.Done.class,
                            done -> assertThat(done.changeId()).contains("LOST: 1 version"));
        }
    }

    @Test
    void a_secure_string_is_not_read_into_a_journal() {
        Clients clients = Clients.at(Peers.moto());
        String name = "/" + Peers.fresh("secure");
        var _ = clients.parameters(Peers.REGION)
                .putParameter(put -> put.name(name).value("hush").type(ParameterType.SECURE_STRING));
        Reading reading = new ParameterValue(clients, Peers.calls(), Peers.REGION, name).observe(Peers.soon());
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Unseen.class,
                        unseen -> assertThat(unseen.why())
                                .contains("SecureString")
                                .doesNotContain("hush"));
    }

    @Test
    void each_change_of_a_parameter_is_a_version_more() {
        TestParameter world = new TestParameter(Peers.moto());
        Change change = new Change(
                "run/a/forward/1",
                Instant.now().plusSeconds(10),
                Image.of("value", "source-db"),
                Image.of("value", "target-db"));
        assertThat(world.actuator().apply(change, Peers.soon()))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.changeId()).startsWith("version 2 read to answer"));
    }
}
