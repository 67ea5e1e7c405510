package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.FaultLoop;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.LossyPeer;
import io.bascule.aws.api.PeerActuatorConformance;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Health checks against ministack: created, carried by the target's records, let go of and deleted. */
@Tag("server")
class HealthCheckServerTest {
    private static final Image SIMPLE = Image.of("ttl", "86400", "form", "simple");
    private static final Image WEIGHTED = Image.of("ttl", "60", "form", "weighted");
    private static final Image ALONE = Image.of("source", "10000", "target", "0", "alone", "unchecked");
    private static final Image ATTACHED = Image.of("source", "10000", "target", "0");
    private static final Image QUARTER = Image.of("source", "7500", "target", "2500");

    /** A zone and a health check of its own, by way of an endpoint. */
    private record Checked(TestZone zone, String name, Clients through) {
        static Checked here() {
            TestZone zone = new TestZone();
            return new Checked(zone, Peers.fresh("check"), zone.clients);
        }

        private Settings router() {
            return Checks.with(zone.settings(), "target.health-check", name);
        }

        Actuator existence() {
            return new HealthCheckExistence(
                    Checks.means(name), List.of(Checks.entrance(router())), through, Peers.calls());
        }

        Actuator weights() {
            Zone there = zone.through(through);
            return NameActuator.weights(
                    there, Sides.of(router()), NameServerTest.PLENTY, new NameServers(there, "none", Duration.ZERO));
        }

        Actuator preparation() {
            Zone there = zone.through(through);
            return NameActuator.preparation(
                    there, Sides.of(router()), NameServerTest.PLENTY, new NameServers(there, "none", Duration.ZERO));
        }

        List<HealthCheck> ours() {
            return zone.route53().listHealthChecks().healthChecks().stream()
                    .filter(check -> check.callerReference().startsWith(HealthChecks.prefix(name)))
                    .toList();
        }

        List<String> carried() {
            return zone.all().stream()
                    .filter(set -> set.healthCheckId() != null)
                    .map(set -> set.typeAsString() + " " + set.setIdentifier() + " " + set.weight() + " "
                            + set.healthCheckId())
                    .sorted()
                    .toList();
        }
    }

    private static Outcome bring(Actuator actuator, Image from, Image to) {
        return actuator.apply(new Change("run/a/forward/1", Instant.now().plusSeconds(20), from, to), Peers.soon());
    }

    @Nested
    class Existence extends PeerActuatorConformance {
        private final Checked checked = Checked.here();

        @Override
        protected Actuator actuator() {
            return checked.existence();
        }

        @Override
        protected Image from() {
            return Checks.NONE;
        }

        @Override
        protected Image to() {
            return Checks.THERE;
        }

        @Override
        protected String bystanders() {
            return checked.zone().all().toString();
        }
    }

    @Nested
    class Attaching extends PeerActuatorConformance {
        private final Checked checked = prepared();

        private static Checked prepared() {
            Checked checked = Checked.here();
            assertThat(bring(checked.existence(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
            assertThat(bring(checked.preparation(), SIMPLE, WEIGHTED)).isInstanceOf(Outcome.Done.class);
            return checked;
        }

        @Override
        protected Actuator actuator() {
            return checked.weights();
        }

        @Override
        protected Image from() {
            return ALONE;
        }

        @Override
        protected Image to() {
            return QUARTER;
        }

        @Override
        protected String bystanders() {
            return checked.zone().others();
        }
    }

    @Test
    void it_is_made_carried_at_weight_0_weighed_let_go_of_and_deleted_and_all_is_as_before() {
        Checked checked = Checked.here();
        List<ResourceRecordSet> before = checked.zone().all();
        assertThat(bring(checked.preparation(), SIMPLE, WEIGHTED)).isInstanceOf(Outcome.Done.class);
        assertThat(bring(checked.weights(), ALONE, ATTACHED))
                .as("there is none yet")
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("no health check"));
        assertThat(bring(checked.existence(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        String id = checked.ours().getFirst().id();
        assertThat(bring(checked.weights(), ALONE, ATTACHED)).isInstanceOf(Outcome.Done.class);
        assertThat(checked.carried()).containsExactly("A target 0 " + id, "AAAA target 0 " + id);
        assertThat(bring(checked.existence(), Checks.THERE, Checks.NONE))
                .as("while it is carried")
                .isInstanceOf(Outcome.Refused.class);
        assertThat(bring(checked.weights(), ATTACHED, QUARTER)).isInstanceOf(Outcome.Done.class);
        assertThat(checked.carried()).containsExactly("A target 50 " + id, "AAAA target 50 " + id);
        assertThat(bring(checked.weights(), QUARTER, ALONE)).isInstanceOf(Outcome.Done.class);
        assertThat(checked.carried()).isEmpty();
        assertThat(bring(checked.existence(), Checks.THERE, Checks.NONE)).isInstanceOf(Outcome.Done.class);
        assertThat(bring(checked.preparation(), WEIGHTED, SIMPLE)).isInstanceOf(Outcome.Done.class);
        assertThat(checked.ours()).isEmpty();
        assertThat(checked.zone().all()).containsExactlyInAnyOrderElementsOf(before);
    }

    /** moto's one checker always succeeds: this shows the form of the answer and nothing else. */
    @Test
    void what_checkers_say_is_read_over_the_wire() {
        Clients moto = Clients.at(Peers.moto());
        String name = Peers.fresh("check");
        HealthCheckExistence existence = new HealthCheckExistence(Checks.means(name), List.of(), moto, Peers.calls());
        assertThat(bring(existence, Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        assertThat(new HealthCheckProbe(Checks.means(name), moto, Peers.calls()).probe(Peers.soon()))
                .isEqualTo(Finding.of(
                        new Verdict.Pass("1 of 1 checkers succeed"), "checkers", 1, "succeed", 1, "unknown", 0));
    }

    /** There and back through a line that spoils one call; the zone is prepared past it. */
    private record Spoiled(Checked checked, LossyPeer line, List<Actuator> actuators) implements FaultLoop.World {
        static Spoiled of(int spoiled, LossyPeer.Fate fate) throws IOException {
            LossyPeer line = new LossyPeer(Peers.ministack(), spoiled, fate, "route53.amazonaws.com/doc/");
            TestZone zone = new TestZone();
            assertThat(bring(new Checked(zone, "", zone.clients).preparation(), SIMPLE, WEIGHTED))
                    .isInstanceOf(Outcome.Done.class);
            Checked checked = new Checked(zone, Peers.fresh("check"), Clients.at(line.at()));
            Actuator existence = checked.existence();
            Actuator weights = checked.weights();
            return new Spoiled(checked, line, List.of(existence, weights, weights, existence));
        }

        @Override
        public List<Image> wanted() {
            return List.of(Checks.THERE, QUARTER, ALONE, Checks.NONE);
        }

        @Override
        public Actuator actuator(int step) {
            return actuators.get(step);
        }

        @Override
        public String all() {
            return checked.zone().all().stream()
                            .map(ResourceRecordSet::toString)
                            .sorted()
                            .toList()
                    + " " + checked.ours();
        }
    }

    @Test
    void whichever_call_fails_in_whichever_way_one_is_made_each_batch_once_and_nothing_is_left() throws Exception {
        FaultLoop.loop(Spoiled::of, 3);
    }
}
