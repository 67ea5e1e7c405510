package io.bascule.aws.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.FaultLoop;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.LossyPeer;
import io.bascule.aws.api.PeerActuatorConformance;
import io.bascule.aws.api.Peers;
import io.bascule.aws.traffic.TestListener;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Auto Scaling groups, services of ECS and target groups, as moto has them. */
@Tag("server")
class CapacityServerTest {

    private static Outcome apply(Actuator actuator, Image expected, Image wanted) {
        return actuator.apply(
                new Change("run/a/forward/1", Instant.now().plusSeconds(60), expected, wanted), Peers.soon());
    }

    @Nested
    class ScalingGroups extends PeerActuatorConformance {
        private final Clients clients = Clients.at(Peers.moto());
        private final String group = group();

        private String group() {
            String name = Peers.fresh("group");
            var _ = clients.scaling(Peers.REGION)
                    .createLaunchConfiguration(create -> create.launchConfigurationName(name)
                            .imageId("ami-12345678")
                            .instanceType("t3.micro"));
            var _ = clients.scaling(Peers.REGION)
                    .createAutoScalingGroup(create -> create.autoScalingGroupName(name)
                            .launchConfigurationName(name)
                            .availabilityZones("eu-central-1a")
                            .minSize(2)
                            .maxSize(6)
                            .desiredCapacity(3));
            return name;
        }

        private AutoScalingGroup now(String name) {
            return clients.scaling(Peers.REGION)
                    .describeAutoScalingGroups(get -> get.autoScalingGroupNames(name))
                    .autoScalingGroups()
                    .getFirst();
        }

        @Override
        protected Actuator actuator() {
            return new ScalingCount(clients, Peers.calls(), Peers.REGION, group);
        }

        @Override
        protected Image from() {
            return Image.of("amount", "3");
        }

        @Override
        protected Image to() {
            return Image.of("amount", "5");
        }

        @Override
        protected String bystanders() {
            return now(group).minSize() + " to " + now(group).maxSize();
        }

        @Test
        void nothing_grows_it_again_after_it_was_reduced_and_its_maximum_is_kept() {
            assertThat(apply(actuator(), from(), Image.of("amount", "0"))).isInstanceOf(Outcome.Done.class);
            assertThat(now(group).desiredCapacity()).isZero();
            assertThat(now(group).minSize()).isZero();
            assertThat(now(group).maxSize()).isEqualTo(6);
        }

        @Test
        void an_amount_above_the_maximum_is_refused() {
            assertThat(apply(actuator(), from(), Image.of("amount", "7")))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains("at most 6"));
            assertThat(now(group).desiredCapacity()).isEqualTo(3);
        }

        @Test
        void its_minimum_alone_is_a_floor_that_keeps_and_adds_nothing() {
            Actuator least = new ScalingLeast(clients, Peers.calls(), Peers.REGION, group);
            Image from = Image.of("least", "2");
            assertThat(apply(least, from, Image.of("least", "4")))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains("there are 3"));
            assertThat(apply(least, from, Image.of("least", "many"))).isInstanceOf(Outcome.Refused.class);
            assertThat(apply(least, Image.of("least", "1"), Image.of("least", "3")))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(now(group).minSize()).isEqualTo(2);
            assertThat(apply(least, from, Image.of("least", "3"))).isInstanceOf(Outcome.Done.class);
            assertThat(now(group).minSize()).isEqualTo(3);
            assertThat(now(group).desiredCapacity()).isEqualTo(3);
            assertThat(now(group).maxSize()).isEqualTo(6);
            assertThat(apply(least, Image.of("least", "3"), from)).isInstanceOf(Outcome.Done.class);
            assertThat(now(group).minSize()).isEqualTo(2);
            assertThat(now(group).desiredCapacity()).isEqualTo(3);
        }

        @Test
        void a_group_that_is_not_there_is_unseen() {
            assertThat(new ScalingCount(clients, Peers.calls(), Peers.REGION, "none").observe(Peers.soon()))
                    .isInstanceOf(Reading.Unseen.class);
        }
    }

    @Nested
    class Services extends PeerActuatorConformance {
        private final Clients clients = Clients.at(Peers.moto());
        private final String cluster = Peers.fresh("cluster");

        Services() {
            var _ = clients.services(Peers.REGION).createCluster(create -> create.clusterName(cluster));
            var _ = clients.services(Peers.REGION)
                    .registerTaskDefinition(register -> register.family(cluster)
                            .containerDefinitions(ContainerDefinition.builder()
                                    .name("web")
                                    .image("web:1")
                                    .memory(64)
                                    .build()));
            var _ = clients.services(Peers.REGION)
                    .createService(create -> create.cluster(cluster)
                            .serviceName("web")
                            .taskDefinition(cluster)
                            .desiredCount(3));
        }

        @Override
        protected Actuator actuator() {
            return new ServiceCount(clients, Peers.calls(), Peers.REGION, cluster, "web");
        }

        @Override
        protected Image from() {
            return Image.of("amount", "3");
        }

        @Override
        protected Image to() {
            return Image.of("amount", "0");
        }

        @Override
        protected String bystanders() {
            return clients.services(Peers.REGION)
                    .describeServices(get -> get.cluster(cluster).services("web"))
                    .services()
                    .getFirst()
                    .taskDefinition();
        }

        @Test
        void what_application_auto_scaling_keeps_of_it_at_least_is_a_floor_and_nothing_else_of_it_differs() {
            Actuator least = new ServiceLeast(clients, Peers.calls(), Peers.REGION, cluster, "web");
            assertThat(least.observe(Peers.soon()))
                    .isInstanceOfSatisfying(
                            Reading.Unseen.class,
                            unseen -> assertThat(unseen.why()).contains("needs no floor"));
            var _ = clients.serviceScaling(Peers.REGION)
                    .registerScalableTarget(register -> register.serviceNamespace(ServiceNamespace.ECS)
                            .resourceId("service/" + cluster + "/web")
                            .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                            .minCapacity(1)
                            .maxCapacity(8));
            assertThat(apply(least, Image.of("least", "1"), Image.of("least", "4")))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains("there are 3"));
            assertThat(apply(least, Image.of("least", "1"), Image.of("least", "3")))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(scaled().minCapacity()).isEqualTo(3);
            assertThat(scaled().maxCapacity()).isEqualTo(8);
            assertThat(apply(least, Image.of("least", "3"), Image.of("least", "1")))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(scaled().minCapacity()).isEqualTo(1);
            assertThat(actuator().observe(Peers.soon()))
                    .isInstanceOfSatisfying(
                            Reading.Seen.class,
                            seen -> assertThat(seen.image().get("amount")).isEqualTo("3"));
        }

        private ScalableTarget scaled() {
            return clients.serviceScaling(Peers.REGION)
                    .describeScalableTargets(get ->
                            get.serviceNamespace(ServiceNamespace.ECS).resourceIds("service/" + cluster + "/web"))
                    .scalableTargets()
                    .getFirst();
        }

        @Test
        void a_service_that_is_not_there_is_unseen() {
            assertThat(new ServiceCount(clients, Peers.calls(), Peers.REGION, cluster, "none").observe(Peers.soon()))
                    .isInstanceOf(Reading.Unseen.class);
        }
    }

    @Nested
    class TargetGroups {
        private final TestListener world = new TestListener();

        private Actuator existence(String group) {
            return existence(world.clients, group);
        }

        private Actuator existence(Clients clients, String group, String... outOf) {
            return new TargetGroupExistence(clients, Peers.calls(), Peers.REGION, group, Set.of(outOf));
        }

        private Outcome remove(String group) {
            return apply(existence(group), Image.of("exists", "yes"), Image.of("exists", "no"));
        }

        @Test
        void a_group_that_a_rule_refers_to_is_kept() {
            assertThat(remove(world.source))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.why())
                                    .contains("still referred to", world.listener, world.rule));
            assertThat(existence(world.source).observe(Peers.soon()))
                    .isInstanceOfSatisfying(
                            Reading.Seen.class,
                            seen -> assertThat(seen.image().get("exists")).isEqualTo("yes"));
        }

        private Outcome removeOutOf(String... outOf) {
            return apply(
                    existence(world.clients, world.source, outOf), Image.of("exists", "yes"), Image.of("exists", "no"));
        }

        private void isKept(Outcome outcome, String... why) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains(why));
        }

        @Test
        void after_the_shift_it_is_taken_out_of_the_named_places_and_deleted_and_nothing_else_of_them_differs() {
            world.shiftAll();
            List<String> before = world.all();
            assertThat(removeOutOf(world.rule, world.listener)).isInstanceOf(Outcome.Done.class);
            assertThat(existence(world.source).observe(Peers.soon()))
                    .isInstanceOfSatisfying(
                            Reading.Seen.class,
                            seen -> assertThat(seen.image().get("exists")).isEqualTo("no"));
            String tuple = "TargetGroupTuple\\(TargetGroupArn=" + world.source + ", Weight=0\\), ";
            assertThat(world.all())
                    .isEqualTo(before.stream()
                            .map(line -> line.replaceAll(tuple, ""))
                            .toList())
                    .isNotEqualTo(before);
        }

        @Test
        void while_one_place_is_not_named_or_gives_it_weight_none_is_changed() {
            isKept(removeOutOf(world.rule, world.listener), "its weight there is 1");
            world.shiftAll();
            List<String> before = world.all();
            isKept(removeOutOf(world.rule), "still referred to, by " + world.listener, "out-of");
            isKept(removeOutOf(world.listener), "still referred to, by " + world.rule);
            world.register(world.source, "10.0.0.7");
            isKept(removeOutOf(world.rule, world.listener), "1 targets are still registered");
            assertThat(world.all()).isEqualTo(before);
        }

        @Test
        void whichever_call_fails_in_whichever_way_it_is_taken_out_and_deleted_once() throws Exception {
            FaultLoop.loop((n, fate) -> Spoiled.of(n, fate, "Action=Modify"), 2);
            FaultLoop.loop((n, fate) -> Spoiled.of(n, fate, "Action=DeleteTargetGroup"), 1);
        }

        @Test
        void a_group_with_targets_is_kept_and_an_empty_one_that_nothing_refers_to_is_deleted_for_good() {
            world.register(world.target, "10.0.0.7");
            assertThat(remove(world.target))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains("1 targets"));
            var _ = world.elb()
                    .deregisterTargets(remove -> remove.targetGroupArn(world.target)
                            .targets(
                                    software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription
                                            .builder()
                                            .id("10.0.0.7")
                                            .port(80)
                                            .build()));
            assertThat(remove(world.target)).isInstanceOf(Outcome.Done.class);
            assertThat(existence(world.target).observe(Peers.soon()))
                    .isInstanceOfSatisfying(
                            Reading.Seen.class, seen -> assertThat(seen.image()).isEqualTo(Image.of("exists", "no")));
            assertThat(remove(world.target)).isInstanceOf(Outcome.Done.class);
            assertThat(apply(existence(world.target), Image.of("exists", "no"), Image.of("exists", "yes")))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains("nothing brings"));
        }
    }

    /** A group that is taken out and deleted through a line that spoils one call; what it leaves is what others see. */
    private record Spoiled(TestListener world, LossyPeer line, Actuator existence) implements FaultLoop.World {
        static Spoiled of(int spoiled, LossyPeer.Fate fate, String counted) throws IOException {
            TestListener world = new TestListener();
            world.shiftAll();
            LossyPeer line = new LossyPeer(Peers.moto(), spoiled, fate, counted);
            return new Spoiled(
                    world,
                    line,
                    new TargetGroupExistence(
                            Clients.at(line.at()),
                            Peers.calls(),
                            Peers.REGION,
                            world.source,
                            Set.of(world.rule, world.listener)));
        }

        @Override
        public Actuator actuator(int step) {
            return existence;
        }

        @Override
        public List<Image> wanted() {
            return List.of(Image.of("exists", "no"));
        }

        @Override
        public String all() {
            return world.all().toString().replaceAll("TargetGroupTuple\\(TargetGroupArn=[^,]*, Weight=0\\), ", "");
        }
    }

    @Test
    void a_server_that_is_not_there_makes_no_group_gone() {
        Clients dead = Clients.at(java.net.URI.create("http://127.0.0.1:9"));
        for (Actuator each : List.of(
                new TargetGroupExistence(dead, Peers.calls(), Peers.REGION, "arn:x", Set.of()),
                new ScalingCount(dead, Peers.calls(), Peers.REGION, "x"),
                new ServiceCount(dead, Peers.calls(), Peers.REGION, "x", "y"))) {
            assertThat(each.observe(Peers.soon())).isInstanceOf(Reading.Unseen.class);
        }
    }
}
