package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.PeerActuatorConformance;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Health checks created and deleted, by the rules that AWS documents and no peer has. */
class HealthCheckExistenceTest {
    private final FakeChecks aws = new FakeChecks();

    private HealthCheckExistence check() {
        Settings router =
                Settings.of("route-53", "region", Peers.REGION, "zone", "Z1234", "record", "shop.example.com");
        return new HealthCheckExistence(
                Checks.means("shop-target"), List.of(Checks.entrance(router)), aws.clients(), Peers.calls());
    }

    private static Outcome bring(Actuator actuator, Image from, Image to) {
        return actuator.apply(new Change("run/a/forward/1", Instant.now().plusSeconds(20), from, to), Peers.soon());
    }

    private static void assertRefused(Outcome outcome, String why, boolean again) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.why()).contains(why);
            assertThat(refused.again()).isEqualTo(again);
        });
    }

    @Nested
    class Conformance extends PeerActuatorConformance {
        @Override
        protected Actuator actuator() {
            return check();
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
            return aws.records.toString();
        }
    }

    @Test
    void it_is_created_whole_and_any_process_finds_it_by_its_reference() {
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        assertThat(aws.only().callerReference()).startsWith("bascule:shop-target:");
        assertThat(aws.only().healthCheckConfig())
                .satisfies(config -> assertThat(config.typeAsString()).isEqualTo("HTTPS"))
                .satisfies(config -> assertThat(config.ipAddress()).isEqualTo("203.0.113.2"))
                .satisfies(
                        config -> assertThat(config.fullyQualifiedDomainName()).isEqualTo("target.example.com"))
                .satisfies(config -> assertThat(config.port()).isEqualTo(443))
                .satisfies(config -> assertThat(config.resourcePath()).isEqualTo("/health"))
                .satisfies(config -> assertThat(config.requestInterval()).isEqualTo(30))
                .satisfies(config -> assertThat(config.failureThreshold()).isEqualTo(3))
                .satisfies(config -> assertThat(config.enableSNI()).isTrue());
        assertThat(check().observe(Peers.soon())).isInstanceOfSatisfying(Reading.Seen.class, seen -> {
            assertThat(seen.image().owned()).isEqualTo(Checks.THERE.owned());
            assertThat(seen.image().context()).containsEntry("id", "hc-1");
        });
    }

    @Test
    void a_lost_answer_and_a_list_that_does_not_know_it_yet_make_no_second_one() {
        aws.faults.put("CreateHealthCheck", new FakeChecks.Fault(FakeChecks.error(503, "ServiceUnavailable"), true));
        aws.staleLists = 3;
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Unknown.class);
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        assertThat(Collections.frequency(aws.asked, "CreateHealthCheck")).isEqualTo(2);
        assertThat(aws.only().id()).isEqualTo("hc-1");
    }

    @Test
    void aws_remembers_the_reference_of_a_deleted_one_so_the_next_is_taken_and_in_the_end_told() {
        for (int time = 1; time <= 9; time++) {
            assertThat(bring(check(), Checks.NONE, Checks.THERE))
                    .as("time " + time)
                    .isInstanceOf(Outcome.Done.class);
            assertThat(bring(check(), Checks.THERE, Checks.NONE))
                    .as("time " + time)
                    .isInstanceOf(Outcome.Done.class);
        }
        assertRefused(bring(check(), Checks.NONE, Checks.THERE), "for some days", false);
        assertThat(aws.checks).isEmpty();
    }

    @Test
    void what_somebody_else_made_of_it_is_told_and_neither_overwritten_nor_deleted() {
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        aws.edit("hc-1", config -> config.resourcePath("/").disabled(true));
        assertThat(check().observe(Peers.soon()))
                .isInstanceOfSatisfying(
                        Reading.Seen.class,
                        seen -> assertThat(seen.image().get("exists"))
                                .isEqualTo("otherwise: disabled yes, not none; path /, not /health"));
        assertRefused(bring(check(), Checks.THERE, Checks.NONE), "someone else", false);
        assertThat(aws.checks).containsOnlyKeys("hc-1");
    }

    @Test
    void one_of_the_name_that_is_otherwise_is_not_taken_for_the_plans() {
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        aws.edit("hc-1", config -> config.port(8443));
        Reading reading = check().observe(Peers.soon());
        Image found = reading instanceof Reading.Seen seen ? seen.image() : Image.NONE;
        assertRefused(bring(check(), found, Checks.THERE), "port 8443, not 443", false);
        assertThat(aws.only().healthCheckVersion()).isEqualTo(2);
    }

    @Test
    void two_of_one_name_are_unseen_and_both_stay() {
        for (String more : List.of("a", "b")) {
            var _ = aws.createHealthCheck(create ->
                    create.callerReference("bascule:shop-target:" + more).healthCheckConfig(config -> config.port(80)));
        }
        assertThat(check().observe(Peers.soon()))
                .isInstanceOfSatisfying(
                        Reading.Unseen.class,
                        unseen -> assertThat(unseen.why()).contains("2 health checks are called shop-target"));
    }

    @Test
    void a_name_that_begins_alike_is_anothers() {
        var _ = aws.createHealthCheck(create ->
                create.callerReference("bascule:shop-target-2:a:1").healthCheckConfig(config -> config.port(80)));
        assertThat(check().observe(Peers.soon())).isEqualTo(new Reading.Seen(Checks.NONE));
    }

    @Test
    void while_a_record_carries_it_it_stays_for_aws_would_not_refuse() {
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        aws.records.add(Checks.record("target", 0, "203.0.113.2", "hc-1"));
        assertRefused(bring(check(), Checks.THERE, Checks.NONE), "shop.example.com. A weight 0", true);
        assertThat(aws.asked).doesNotContain("DeleteHealthCheck");
        aws.records.clear();
        aws.records.add(Checks.record("target", 0, "203.0.113.2", "hc-9"));
        assertThat(bring(check(), Checks.THERE, Checks.NONE)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void where_it_is_not_known_whether_a_record_carries_it_it_stays() {
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        aws.faults.put(
                "ListResourceRecordSets", new FakeChecks.Fault(FakeChecks.error(503, "ServiceUnavailable"), false));
        assertRefused(bring(check(), Checks.THERE, Checks.NONE), "not known", true);
        assertThat(aws.checks).hasSize(1);
    }

    @Test
    void a_deletion_whose_answer_was_lost_is_done() {
        assertThat(bring(check(), Checks.NONE, Checks.THERE)).isInstanceOf(Outcome.Done.class);
        aws.faults.put("DeleteHealthCheck", new FakeChecks.Fault(FakeChecks.error(503, "ServiceUnavailable"), true));
        assertThat(bring(check(), Checks.THERE, Checks.NONE)).isInstanceOf(Outcome.Done.class);
        assertThat(aws.checks).isEmpty();
    }

    @Test
    void another_state_than_there_or_not_is_refused() {
        assertRefused(bring(check(), Checks.NONE, Image.of("exists", "perhaps")), "yes or no", false);
        assertRefused(bring(check(), Checks.NONE, Image.of("exists", "yes", "port", "80")), "fields", false);
    }
}
