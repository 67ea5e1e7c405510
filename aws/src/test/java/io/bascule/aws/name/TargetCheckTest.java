package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Patience;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the target is green, as the router and the waiting check ask. No peer models what checkers say. */
class TargetCheckTest {
    private final FakeChecks aws = new FakeChecks();
    private final HealthChecks checks = new HealthChecks(aws.clients(), Peers.calls(), Peers.REGION);
    private final TargetCheck target = new TargetCheck(checks, "shop-target");

    @BeforeEach
    void there_is_one_and_it_is_green() {
        var _ = aws.createHealthCheck(create -> create.callerReference("bascule:shop-target:a:1")
                .healthCheckConfig(
                        HealthCheckForm.of(Checks.means("shop-target")).config()));
        aws.status = _ -> Checks.say(Instant.now(), 14, 2);
    }

    private static NameRecords records(@Nullable String check) {
        Sides sides = Sides.of(Settings.of(
                "route-53",
                "zone",
                "Z1",
                "record",
                "shop.example.com",
                "target.a",
                "203.0.113.2",
                "target.health-check",
                "shop-target"));
        return new NameRecords(
                sides,
                List.of(
                        Checks.record("source", 100, "203.0.113.2", null),
                        Checks.record("target", 100, "203.0.113.2", check)));
    }

    private Optional<String> against(@Nullable String check) {
        return target.against(records(check), Peers.soon());
    }

    @Test
    void a_green_one_that_the_record_carries_is_nothing_against_it() {
        assertThat(against("hc-1")).isEmpty();
        assertThat(against("hc-1")).isEmpty();
        assertThat(aws.asked)
                .as("whose it is, is asked once")
                .containsExactly(
                        "CreateHealthCheck", "ListHealthChecks", "GetHealthCheckStatus", "GetHealthCheckStatus");
    }

    @Test
    void red_is_told_with_what_the_checkers_say() {
        aws.status = _ -> Checks.say(Instant.now(), 3, 13);
        assertThat(against("hc-1"))
                .hasValue("the health check shop-target: 3 of 16 checkers succeed, more than half must, 13 say '"
                        + Checks.ILL + "'");
    }

    @Test
    void no_answer_is_no_yes() {
        aws.status = _ -> List.of();
        assertThat(against("hc-1")).hasValueSatisfying(why -> assertThat(why).contains("no checker has told"));
        aws.faults.put("GetHealthCheckStatus", new FakeChecks.Fault(FakeChecks.error(400, "InvalidAction"), false));
        assertThat(against("hc-1"))
                .hasValueSatisfying(why -> assertThat(why).contains("is not known", "InvalidAction"));
    }

    @Test
    void a_record_without_it_or_with_anothers_gets_no_traffic_by_it() {
        assertThat(against(null)).hasValueSatisfying(why -> assertThat(why).contains("carries no health check"));
        assertThat(against("hc-9")).hasValueSatisfying(why -> assertThat(why).contains("hc-9", "hc-1"));
        aws.checks.clear();
        assertThat(against("hc-7")).hasValueSatisfying(why -> assertThat(why).contains("there is no health check"));
    }

    @Test
    void one_that_asks_the_very_name_that_moves_proves_nothing() {
        aws.edit("hc-1", config -> config.ipAddress(null).fullyQualifiedDomainName("Shop.Example.com"));
        assertThat(checks.idFor("shop-target", "shop.example.com.", Peers.soon())
                        .why())
                .contains("which both sides answer");
        assertThat(checks.idFor("shop-target", "other.example.com.", Peers.soon())
                        .why())
                .isEqualTo("answered");
    }

    private Finding probe(Duration within) {
        Patience patience = new Patience(InstantSource.system(), Duration.ofMillis(1));
        return new HealthCheckProbe(Checks.means("shop-target"), aws.clients(), Peers.calls(), patience)
                .probe(Deadline.after(Instant.now(), within));
    }

    @Test
    void the_check_waits_until_it_is_green() {
        aws.status = _ -> Checks.say(Instant.now(), aws.asked.size() < 20 ? 0 : 16, aws.asked.size() < 20 ? 16 : 0);
        assertThat(probe(Duration.ofSeconds(20)).verdict()).isEqualTo(new Verdict.Pass("16 of 16 checkers succeed"));
    }

    @Test
    void what_does_not_become_green_in_time_fails_and_what_cannot_be_read_is_no_data() {
        aws.status = _ -> Checks.say(Instant.now(), 0, 16);
        assertThat(probe(Duration.ofMillis(50)).verdict()).isInstanceOf(Verdict.Fail.class);
        aws.faults.put("ListHealthChecks", new FakeChecks.Fault(FakeChecks.error(403, "AccessDenied"), false));
        assertThat(probe(Duration.ofMillis(1)).verdict()).isInstanceOf(Verdict.NoData.class);
        aws.checks.clear();
        assertThat(probe(Duration.ofMillis(50)).verdict())
                .isEqualTo(new Verdict.Fail("there is no health check shop-target"));
    }

    @Test
    void a_disabled_or_inverted_one_is_never_green() {
        aws.edit("hc-1", config -> config.disabled(true));
        assertThat(probe(Duration.ofMillis(50)).verdict()).isInstanceOf(Verdict.Fail.class);
        aws.edit("hc-1", config -> config.disabled(false).inverted(true));
        assertThat(probe(Duration.ofMillis(50)).verdict()).isInstanceOf(Verdict.Fail.class);
    }
}
