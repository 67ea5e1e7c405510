package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Verdict;
import io.bascule.core.port.WriterControl;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link WriterControl} keeps to. At the start of each test both databases are open, and a singleton runs on
 * the source.
 */
public abstract class WriterControlConformance {
    private static final Image ON_SOURCE = Image.of("source", "running", "target", "paused");
    private static final Image ON_TARGET = Image.of("source", "paused", "target", "running");

    private int attempts;

    protected abstract WriterControl writer() throws Exception;

    /** Closes or opens the fence of the database that the side's application uses. */
    protected abstract void fence(Side side, boolean closed) throws Exception;

    protected abstract boolean isSingleton();

    /** How many rows the writer has written on a side's database, all told. */
    protected abstract long written(Side side) throws Exception;

    protected Instant now() {
        return Instant.now();
    }

    protected void pass(Duration time) throws Exception {
        Thread.sleep(time);
    }

    private Deadline soon() {
        return Deadline.after(now(), Duration.ofSeconds(10));
    }

    private Image observed() throws Exception {
        return switch (writer().singleton().observe(soon())) {
            case Reading.Seen(Image image, var _) -> image;
            case Reading.Unseen(String why) -> throw new AssertionError(why);
        };
    }

    private Outcome bring(Image expected, Image wanted) throws Exception {
        Change change = new Change("run/writer/forward/" + ++attempts, now().plusSeconds(10), expected, wanted);
        return writer().singleton().apply(change, soon());
    }

    @Test
    void a_refused_write_proves_the_fence() throws Exception {
        fence(Side.SOURCE, true);
        assertThat(writer().proveRefused(Side.SOURCE, soon()).verdict().passed())
                .isTrue();
    }

    @Test
    void a_write_that_went_through_is_no_proof_and_leaves_nothing_behind() throws Exception {
        Assumptions.assumeFalse(isSingleton());
        long before = written(Side.SOURCE);
        assertThat(writer().proveRefused(Side.SOURCE, soon()).verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(written(Side.SOURCE)).isEqualTo(before);
    }

    @Test
    void a_pause_alone_is_no_proof() throws Exception {
        Assumptions.assumeTrue(isSingleton());
        assertThat(bring(observed(), Image.of("source", "paused", "target", "paused")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(writer().proveRefused(Side.SOURCE, soon()).verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_paused_writer_is_still_proved_by_its_database() throws Exception {
        Assumptions.assumeTrue(isSingleton());
        bring(observed(), Image.of("source", "paused", "target", "paused"));
        fence(Side.SOURCE, true);
        assertThat(writer().proveRefused(Side.SOURCE, soon()).verdict().passed())
                .isTrue();
    }

    @Test
    void it_moves_to_the_other_side_and_back() throws Exception {
        Assumptions.assumeTrue(isSingleton());
        assertThat(observed().owned()).isEqualTo(ON_SOURCE.owned());
        assertThat(bring(observed(), ON_TARGET)).isInstanceOf(Outcome.Done.class);
        assertThat(observed().owned()).isEqualTo(ON_TARGET.owned());
        assertThat(bring(observed(), ON_SOURCE)).isInstanceOf(Outcome.Done.class);
        assertThat(observed().owned()).isEqualTo(ON_SOURCE.owned());
    }

    @Test
    void a_state_other_than_expected_is_refused() throws Exception {
        Assumptions.assumeTrue(isSingleton());
        assertThat(bring(ON_TARGET, Image.of("source", "paused", "target", "paused")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(observed().owned()).isEqualTo(ON_SOURCE.owned());
    }

    @Test
    void a_leased_pause_ends_by_itself() throws Exception {
        Assumptions.assumeTrue(isSingleton());
        Instant until = now().plusMillis(700);
        Image leased = Image.of(
                "source",
                "paused",
                "target",
                "paused",
                "until",
                until.toString(),
                "else-source",
                "running",
                "else-target",
                "paused");
        assertThat(bring(observed(), leased)).isInstanceOf(Outcome.Done.class);
        assertThat(observed().owned()).isEqualTo(leased.owned());
        pass(Duration.ofMillis(900));
        assertThat(observed().owned()).isEqualTo(ON_SOURCE.owned());
    }
}
