package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.FaultLoop;
import io.bascule.aws.api.Allowance;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.LossyPeer;
import io.bascule.aws.api.PeerActuatorConformance;
import io.bascule.aws.api.Peers;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.testkit.ClaimConformance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Names against ministack, the one peer whose DELETE is exact. */
@Tag("server")
class NameServerTest {
    static final Allowance PLENTY = new Allowance(1000, 0, 1000);

    private static NameActuator preparation(TestZone zone) {
        return NameActuator.preparation(
                zone.zone, zone.sides(), PLENTY, new NameServers(zone.zone, "none", Duration.ZERO));
    }

    private static NameActuator weights(TestZone zone) {
        return NameActuator.weights(zone.zone, zone.sides(), PLENTY, new NameServers(zone.zone, "none", Duration.ZERO));
    }

    private static Image seen(Actuator actuator) {
        for (int i = 0; i < 200; i++) {
            Reading reading = actuator.observe(Peers.soon());
            if (!(reading instanceof Reading.Seen seen)) {
                throw new AssertionError(reading);
            }
            if (seen.pending().isEmpty()) {
                return seen.image();
            }
            pass();
        }
        throw new AssertionError("never in sync");
    }

    private static void pass() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Outcome bring(Actuator actuator, Image wanted) {
        Image expected = seen(actuator);
        return actuator.apply(
                new Change("run/a/forward/1", Instant.now().plusSeconds(10), expected, wanted), Peers.soon());
    }

    private static TestZone prepared() {
        TestZone zone = new TestZone();
        assertThat(bring(preparation(zone), Image.of("ttl", "60", "form", "weighted")))
                .isInstanceOf(Outcome.Done.class);
        return zone;
    }

    @Nested
    class Weights extends PeerActuatorConformance {
        private final TestZone zone = prepared();

        @Override
        protected Actuator actuator() {
            return weights(zone);
        }

        @Override
        protected Image from() {
            return Image.of("source", "10000", "target", "0");
        }

        @Override
        protected Image to() {
            return Image.of("source", "7500", "target", "2500");
        }

        @Override
        protected String bystanders() {
            return zone.others();
        }
    }

    @Nested
    class Preparation extends PeerActuatorConformance {
        private final TestZone zone = new TestZone();

        @Override
        protected Actuator actuator() {
            return preparation(zone);
        }

        @Override
        protected Image from() {
            return Image.of("ttl", "86400", "form", "simple");
        }

        @Override
        protected Image to() {
            return Image.of("ttl", "60", "form", "weighted");
        }

        @Override
        protected String bystanders() {
            return zone.others();
        }
    }

    @Nested
    class Claims extends ClaimConformance {
        private final TestZone zone = new TestZone();

        @Override
        protected Claim claim() {
            return new NameClaim(zone.zone, zone.record);
        }
    }

    @Test
    void there_and_back_leaves_every_record_field_by_field_as_it_was() {
        TestZone zone = new TestZone();
        List<ResourceRecordSet> before = zone.all();
        for (Image each : List.of(Image.of("ttl", "60", "form", "weighted"))) {
            assertThat(bring(preparation(zone), each)).isInstanceOf(Outcome.Done.class);
        }
        for (String target : List.of("1000", "5000", "10000", "0")) {
            Image wanted = Image.of("source", "" + (10_000 - Integer.parseInt(target)), "target", target);
            assertThat(bring(weights(zone), wanted)).isInstanceOf(Outcome.Done.class);
            assertThat(seen(weights(zone)).owned()).isEqualTo(wanted.owned());
        }
        assertThat(bring(preparation(zone), Image.of("ttl", "86400", "form", "simple")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(zone.all()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void weighted_records_of_others_keep_their_weight_and_come_back_exactly() {
        TestZone zone = new TestZone();
        zone.change(ChangeAction.DELETE, zone.simple(RRType.A, 86_400, "10.0.0.1"));
        zone.change(ChangeAction.DELETE, zone.simple(RRType.AAAA, 86_400, "2001:db8::1"));
        zone.create(zone.weighted(RRType.A, 300, "10.0.0.1", "source", 60));
        zone.create(zone.weighted(RRType.A, 300, "10.0.0.7", "canary", 40));
        zone.create(zone.weighted(RRType.AAAA, 300, "2001:db8::1", "source", 60));
        List<ResourceRecordSet> before = zone.all();
        assertThat(bring(preparation(zone), Image.of("ttl", "60", "form", "weighted")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(bring(weights(zone), Image.of("source", "7500", "target", "2500")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(zone.all()).contains(zone.weighted(RRType.A, 60, "10.0.0.7", "canary", 40));
        assertThat(zone.all()).contains(zone.weighted(RRType.A, 60, "10.0.0.1", "source", 45));
        assertThat(bring(weights(zone), Image.of("source", "9900", "target", "100")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(bring(weights(zone), Image.of("source", "10000", "target", "0")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(bring(preparation(zone), Image.of("ttl", "300", "form", "alone")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(zone.all()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void an_edit_between_read_and_write_is_refused_by_the_service() {
        TestZone zone = prepared();
        List<ResourceRecordSet> stale = zone.all().stream()
                .filter(set -> set.name().equals(zone.record))
                .toList();
        zone.change(ChangeAction.UPSERT, zone.weighted(RRType.A, 60, "10.0.0.66", "source", 200));
        List<ResourceRecordSet> wanted =
                stale.stream().map(set -> set.toBuilder().weight(100L).build()).toList();
        assertThat(zone.zone.replace(stale, wanted, "test", Peers.soon()).why()).contains("InvalidChangeBatch");
        assertThat(zone.all()).contains(zone.weighted(RRType.A, 60, "10.0.0.66", "source", 200));
    }

    @Test
    void another_process_goes_on_waiting_for_a_change_that_is_pending() {
        TestZone zone = prepared();
        NameActuator first = weights(zone);
        Outcome outcome = bring(first, Image.of("source", "5000", "target", "5000"));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        String id = outcome instanceof Outcome.Done done ? done.changeId() : "";
        NameActuator resumed = weights(zone);
        resumed.accepted(id);
        assertThat(resumed.observe(Peers.soon()))
                .isInstanceOfSatisfying(
                        Reading.Seen.class, seen -> assertThat(seen.pending()).isPresent());
        assertThat(seen(resumed).get("target")).isEqualTo("5000");
    }

    /** There and back through a line that spoils one call. */
    private record Spoiled(TestZone zone, LossyPeer line, List<NameActuator> actuators) implements FaultLoop.World {
        static Spoiled of(int spoiled, LossyPeer.Fate fate) throws IOException {
            TestZone zone = new TestZone();
            LossyPeer line = new LossyPeer(Peers.ministack(), spoiled, fate, "<ChangeBatch>");
            Zone through = zone.through(Clients.at(line.at()));
            NameServers none = new NameServers(through, "none", Duration.ZERO);
            NameActuator preparation = NameActuator.preparation(through, zone.sides(), PLENTY, none);
            NameActuator weights = NameActuator.weights(through, zone.sides(), PLENTY, none);
            return new Spoiled(zone, line, List.of(preparation, weights, weights, preparation));
        }

        @Override
        public Actuator actuator(int step) {
            return actuators.get(step);
        }

        @Override
        public List<Image> wanted() {
            return List.of(
                    Image.of("ttl", "60", "form", "weighted"),
                    Image.of("source", "7500", "target", "2500"),
                    Image.of("source", "10000", "target", "0"),
                    Image.of("ttl", "86400", "form", "simple"));
        }

        @Override
        public String all() {
            return zone.all().stream()
                    .map(ResourceRecordSet::toString)
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    @Test
    void whichever_call_fails_in_whichever_way_all_is_as_before_and_nothing_is_done_twice() throws Exception {
        FaultLoop.loop(Spoiled::of, 4);
    }

    @Test
    void whichever_call_fails_a_free_claim_is_never_told_to_be_anothers() throws Exception {
        FaultLoop.claims(Peers.ministack(), "<ChangeBatch>", line -> {
            TestZone zone = new TestZone();
            return new NameClaim(zone.through(Clients.at(line.at())), zone.record);
        });
    }

    @Test
    void with_a_change_id_that_nobody_remembers_the_records_count() {
        TestZone zone = prepared();
        NameActuator resumed = weights(zone);
        resumed.accepted("C0000000000000");
        assertThat(seen(resumed).get("target")).isEqualTo("0");
    }
}
