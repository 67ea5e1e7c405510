package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.TrafficWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TrafficRouter} keeps to. At the start of each test all traffic goes to the source, writes are open,
 * both sides are healthy and nothing has passed.
 */
public abstract class TrafficRouterConformance {
    private int attempts;

    protected abstract TrafficRouter router() throws Exception;

    /** So many reads of users pass through the entrance, each of a new client, and are answered. */
    protected abstract void usersRead(int requests) throws Exception;

    /** A user sends one write and does not wait. */
    protected abstract void userWrites() throws Exception;

    /** How many writes users had accepted, all told. */
    protected abstract long writesAccepted() throws Exception;

    /** False where the entrance can only reject. */
    protected boolean parks() {
        return true;
    }

    /** False where writes cannot be kept back at all. */
    protected boolean keepsWritesBack() {
        return true;
    }

    /** False where a weight cannot be leased. */
    protected boolean leasesWeights() {
        return true;
    }

    /** How far from its weight a side's share may be over 1,000 requests. */
    protected double shareTolerance() {
        return 0.02;
    }

    protected Instant now() {
        return Instant.now();
    }

    protected void pass(Duration time) throws Exception {
        Thread.sleep(time);
    }

    private Deadline soon() {
        return Deadline.after(now(), Duration.ofSeconds(10));
    }

    private static Image weights(int target) {
        return Image.of("source", Integer.toString(10_000 - target), "target", Integer.toString(target));
    }

    private Image observed(Actuator actuator) {
        return switch (actuator.observe(soon())) {
            case Reading.Seen(Image image, var _) -> image;
            case Reading.Unseen(String why) -> throw new AssertionError(why);
        };
    }

    private Outcome bring(Actuator actuator, Image expected, Image wanted) {
        Change change = new Change("run/act/forward/" + ++attempts, now().plusSeconds(10), expected, wanted);
        return actuator.apply(change, soon());
    }

    private void bring(Actuator actuator, Image wanted) {
        assertThat(bring(actuator, observed(actuator), wanted)).isInstanceOf(Outcome.Done.class);
        assertThat(observed(actuator).owned()).isEqualTo(wanted.owned());
    }

    private TrafficWindow window(Instant from) throws Exception {
        TrafficWindow.Answer answer = router().window(from, now().plusSeconds(1), soon());
        return answer.window().orElseThrow(() -> new AssertionError(answer.why()));
    }

    private void awaitParked(long count) throws Exception {
        for (int i = 0; i < 1000 && window(now()).parked() != count; i++) {
            pass(Duration.ofMillis(10));
        }
        assertThat(window(now()).parked()).isEqualTo(count);
    }

    private void awaitAccepted(long count) throws Exception {
        for (int i = 0; i < 1000 && writesAccepted() != count; i++) {
            pass(Duration.ofMillis(10));
        }
        assertThat(writesAccepted()).isEqualTo(count);
    }

    @Test
    void a_weight_is_what_users_meet() throws Exception {
        bring(router().weights(), weights(2500));
        Instant from = now();
        usersRead(1000);
        TrafficWindow passed = window(from.minusMillis(200));
        assertThat(passed.source().requests() + passed.target().requests()).isEqualTo(1000);
        assertThat(Math.abs(passed.targetShare().orElseThrow() - 0.25)).isLessThanOrEqualTo(shareTolerance());
    }

    @Test
    void weights_that_others_have_moved_are_not_overwritten() throws Exception {
        assertThat(bring(router().weights(), weights(5000), weights(1000))).isInstanceOf(Outcome.Refused.class);
        assertThat(observed(router().weights()).owned()).isEqualTo(weights(0).owned());
    }

    @Test
    void weights_that_do_not_add_up_are_refused() throws Exception {
        Image wrong = Image.of("source", "0", "target", "0");
        assertThat(bring(router().weights(), weights(0), wrong)).isInstanceOf(Outcome.Refused.class);
        assertThat(observed(router().weights()).owned()).isEqualTo(weights(0).owned());
    }

    @Test
    void a_leased_weight_falls_back_by_itself() throws Exception {
        Assumptions.assumeTrue(leasesWeights());
        Image leased = Image.of(
                "source",
                "0",
                "target",
                "10000",
                "until",
                now().plusMillis(700).toString(),
                "else-source",
                "10000",
                "else-target",
                "0");
        bring(router().weights(), leased);
        pass(Duration.ofMillis(800));
        assertThat(observed(router().weights()).owned()).isEqualTo(weights(0).owned());
    }

    @Test
    void parked_writes_wait_and_go_to_the_side_that_has_the_weight_then() throws Exception {
        Assumptions.assumeTrue(parks());
        bring(
                router().writes(),
                Image.of("writes", "hold", "until", now().plusSeconds(60).toString()));
        userWrites();
        userWrites();
        awaitParked(2);
        assertThat(writesAccepted()).isZero();
        bring(router().weights(), weights(10_000));
        Instant from = now();
        bring(router().writes(), Image.of("writes", "open"));
        awaitAccepted(2);
        awaitParked(0);
        assertThat(window(from.minusMillis(200)).target().requests()).isEqualTo(2);
        assertThat(window(from).writesInFlight()).isZero();
    }

    @Test
    void a_hold_ends_by_itself_at_its_deadline_and_loses_nothing() throws Exception {
        Assumptions.assumeTrue(parks());
        bring(
                router().writes(),
                Image.of("writes", "hold", "until", now().plusMillis(900).toString()));
        userWrites();
        awaitParked(1);
        pass(Duration.ofSeconds(1));
        assertThat(observed(router().writes()).owned())
                .isEqualTo(Image.of("writes", "open").owned());
        awaitAccepted(1);
    }

    @Test
    void a_reject_lets_no_write_through() throws Exception {
        Assumptions.assumeTrue(keepsWritesBack());
        bring(
                router().writes(),
                Image.of("writes", "reject", "until", now().plusSeconds(60).toString()));
        Instant from = now();
        userWrites();
        for (int i = 0; i < 1000 && window(from.minusMillis(200)).source().failed() == 0; i++) {
            pass(Duration.ofMillis(10));
        }
        assertThat(window(from.minusMillis(200)).source().failed()).isEqualTo(1);
        assertThat(writesAccepted()).isZero();
        bring(router().writes(), Image.of("writes", "open"));
    }

    @Test
    void probes_tell_the_side_that_has_the_weight() throws Exception {
        for (int target : new int[] {0, 10_000, 0}) {
            bring(router().weights(), weights(target));
            for (boolean session : new boolean[] {false, true}) {
                Finding finding = router().probe(session, soon());
                assertThat(finding.verdict().passed()).isTrue();
                assertThat(finding.facts()).containsEntry("side", target == 0 ? "source" : "target");
            }
        }
    }

    @Test
    void samples_are_of_one_side_and_absence_is_told() throws Exception {
        Metric errors = new Metric("errors", "web", new Metric.Rate("failed", "requests"), OptionalLong.of(50));
        Metric p95 = new Metric("p95", "web", new Metric.Percentile(95), OptionalLong.empty());
        Instant from = now();
        usersRead(60);
        Instant to = now().plusSeconds(1);
        from = from.minusMillis(200);
        assertThat(router().sample(errors, Side.SOURCE, from, to, soon())).isEqualTo(new Sample.Value(0, 60));
        assertThat(router().sample(p95, Side.SOURCE, from, to, soon()))
                .isInstanceOfSatisfying(
                        Sample.Value.class, value -> assertThat(value.value()).isPositive());
        assertThat(router().sample(p95, Side.TARGET, from, to, soon())).isEqualTo(new Sample.Absent(0));
    }

    @Test
    void a_window_holds_nothing_from_before_it() throws Exception {
        usersRead(20);
        pass(Duration.ofMillis(300));
        assertThat(window(now().minusMillis(100)).source().requests()).isZero();
        assertThat(window(now().minusSeconds(30)).source().requests()).isEqualTo(20);
    }

    @Test
    void healthy_sides_are_told() throws Exception {
        for (int i = 0; i < 500 && window(now()).source().healthy() == 0; i++) {
            pass(Duration.ofMillis(10));
        }
        assertThat(window(now()).source().healthy()).isPositive();
    }
}
