package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Authority;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link Claim} keeps to. The resource is unclaimed at the start of each test. */
public abstract class ClaimConformance {
    private static final Duration LONG = Duration.ofMinutes(5);

    protected abstract Claim claim() throws Exception;

    /** The clock that the claim goes by. */
    protected Instant now() {
        return Instant.now();
    }

    /** Lets time pass on that clock. */
    protected void pass(Duration time) throws Exception {
        Thread.sleep(time);
    }

    private Deadline soon() {
        return Deadline.after(now(), Duration.ofSeconds(10));
    }

    private void assertGranted(Authority authority) {
        assertThat(authority).isInstanceOf(Authority.Granted.class);
    }

    private void assertDenied(Authority authority) {
        assertThat(authority).isInstanceOf(Authority.Denied.class);
    }

    @Test
    void nobody_holds_it_at_first() throws Exception {
        assertDenied(claim().holds("run-a", soon()));
    }

    @Test
    void one_takes_it_and_holds_it_and_another_does_not() throws Exception {
        assertGranted(claim().take("run-a", now().plus(LONG), soon()));
        assertGranted(claim().holds("run-a", soon()));
        assertDenied(claim().holds("run-b", soon()));
        assertDenied(claim().take("run-b", now().plus(LONG), soon()));
        assertGranted(claim().holds("run-a", soon()));
    }

    @Test
    void its_holder_renews_it() throws Exception {
        assertGranted(claim().take("run-a", now().plus(Duration.ofMillis(400)), soon()));
        assertGranted(claim().take("run-a", now().plus(LONG), soon()));
        pass(Duration.ofMillis(500));
        assertGranted(claim().holds("run-a", soon()));
    }

    @Test
    void it_expires_and_may_then_be_taken_over() throws Exception {
        assertGranted(claim().take("run-a", now().plus(Duration.ofMillis(300)), soon()));
        assertDenied(claim().takeOverStale("run-b", now().plus(LONG), soon()));
        pass(Duration.ofMillis(400));
        assertDenied(claim().holds("run-a", soon()));
        assertGranted(claim().takeOverStale("run-b", now().plus(LONG), soon()));
        assertGranted(claim().holds("run-b", soon()));
    }

    @Test
    void released_by_its_holder_it_is_free() throws Exception {
        assertGranted(claim().take("run-a", now().plus(LONG), soon()));
        assertThat(claim().release("run-a", soon())).isInstanceOf(Outcome.Done.class);
        assertDenied(claim().holds("run-a", soon()));
        assertGranted(claim().take("run-b", now().plus(LONG), soon()));
    }

    @Test
    void releasing_leaves_anothers_claim_alone() throws Exception {
        assertGranted(claim().take("run-a", now().plus(LONG), soon()));
        claim().release("run-b", soon());
        assertGranted(claim().holds("run-a", soon()));
    }
}
