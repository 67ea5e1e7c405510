package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every status of a deployment; the switch itself is held against moto too. */
class BlueGreenSwitchTest {
    private static final Image NO = Image.of("switched", "no");
    private static final Image YES = Image.of("switched", "yes");
    private final FakeDatabases rds = new FakeDatabases();
    private final Actuator actuator = new BlueGreenSwitch(
            Clients.of(rds),
            new Calls(InstantSource.system()),
            "eu-central-1",
            FakeDatabases.DEPLOYMENT,
            Duration.ofMinutes(4));

    private static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(10));
    }

    private Outcome apply(Image expected, Image wanted) {
        return actuator.apply(new Change("run/a/forward/1", Instant.now().plusSeconds(10), expected, wanted), soon());
    }

    private Reading.Seen seen() {
        Reading reading = actuator.observe(soon());
        assertThat(reading).isInstanceOf(Reading.Seen.class);
        return (Reading.Seen) reading;
    }

    @Test
    void it_is_under_way_until_aws_says_that_it_is_completed() {
        assertThat(seen().image().sameState(NO)).isTrue();
        assertThat(apply(NO, YES)).isInstanceOf(Outcome.Done.class);
        assertThat(rds.switchedWithin).containsExactly(240);
        assertThat(seen().pending()).isPresent();
        rds.status = "SWITCHOVER_COMPLETED";
        assertThat(seen().pending()).isEmpty();
        assertThat(seen().image().sameState(YES)).isTrue();
        assertThat(apply(NO, YES)).isInstanceOf(Outcome.Done.class);
        assertThat(rds.switchedWithin).hasSize(1);
    }

    @Test
    void one_that_is_not_available_is_refused_with_awss_words() {
        for (String status : List.of("PROVISIONING", "INVALID_CONFIGURATION", "SWITCHOVER_FAILED")) {
            rds.status = status;
            rds.details = "replication is broken";
            assertThat(apply(NO, YES)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.why()).contains(status, "replication is broken");
                assertThat(refused.again()).isFalse();
            });
            assertThat(seen().image().sameState(NO)).isTrue();
        }
        assertThat(rds.switchedWithin).isEmpty();
    }

    @Test
    void a_member_that_is_not_available_is_refused_by_its_name() {
        rds.member = "MISSING_TARGET";
        assertThat(apply(NO, YES))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("shop-green-abcdef is MISSING_TARGET"));
        assertThat(rds.switchedWithin).isEmpty();
    }

    @Test
    void nothing_switches_it_back() {
        rds.status = "SWITCHOVER_COMPLETED";
        assertThat(apply(YES, NO)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.why()).contains("does not switch back", "-old1");
            assertThat(refused.again()).isFalse();
        });
    }

    @Test
    void a_lost_answer_is_unknown_and_found_under_way() {
        rds.loseSwitch = true;
        assertThat(apply(NO, YES)).isInstanceOf(Outcome.Unknown.class);
        assertThat(seen().pending()).isPresent();
        assertThat(rds.switchedWithin).hasSize(1);
    }

    @Test
    void one_that_cannot_be_read_or_is_being_deleted_is_unseen_and_not_switched() {
        rds.status = "DELETING";
        assertThat(actuator.observe(soon())).isInstanceOf(Reading.Unseen.class);
        rds.unreadable = true;
        assertThat(actuator.observe(soon())).isInstanceOf(Reading.Unseen.class);
        assertThat(apply(NO, YES)).isInstanceOf(Outcome.Refused.class);
        assertThat(rds.switchedWithin).isEmpty();
    }

    @Test
    void before_go_a_deployment_that_cannot_be_switched_is_denied_and_one_in_the_making_unknown() {
        rds.status = "SWITCHOVER_FAILED";
        rds.details = "replication is broken";
        assertThat(actuator.authorise(soon()))
                .isInstanceOfSatisfying(
                        Authority.Denied.class,
                        denied -> assertThat(denied.why()).contains("replication is broken"));
        rds.status = "PROVISIONING";
        assertThat(actuator.authorise(soon())).isInstanceOf(Authority.Untold.class);
    }
}
