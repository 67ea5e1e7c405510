package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@code CONFIGURATION} resource keeps to, beside what {@code ActuatorConformance} asks. The configuration
 * owns one field that stands at {@link #first()} at the start of each test.
 */
public abstract class ConfigurationConformance {
    private int attempts;

    protected abstract Actuator configuration() throws Exception;

    protected abstract String field();

    protected abstract String first();

    protected abstract String second();

    /** Everything around the owned field: must never change. */
    protected abstract String others() throws Exception;

    /** Makes the configuration unreadable or absent. */
    protected abstract void lose() throws Exception;

    /** Somebody else sets the field, without asking. */
    protected abstract void setByOthers(String value) throws Exception;

    /** False where the platform cannot fall back by itself. */
    protected boolean leases() {
        return true;
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

    private Image plain(String value) {
        return Image.of(field(), value);
    }

    private Image leased(String value, Instant until, String otherwise) {
        return Image.of(field(), value, field() + ".until", until.toString(), field() + ".else", otherwise);
    }

    private Image observed() throws Exception {
        return switch (configuration().observe(soon())) {
            case Reading.Seen(Image image, var _) -> image;
            case Reading.Unseen(String why) -> throw new AssertionError(why);
        };
    }

    private Outcome set(Image expected, Image wanted) throws Exception {
        Change change = new Change("run/configure/forward/" + ++attempts, now().plusSeconds(10), expected, wanted);
        return configuration().apply(change, soon());
    }

    @Test
    void a_field_is_set_and_set_back_and_all_else_is_kept() throws Exception {
        String before = others();
        assertThat(observed().owned()).isEqualTo(plain(first()).owned());
        assertThat(set(observed(), plain(second()))).isInstanceOf(Outcome.Done.class);
        assertThat(observed().owned()).isEqualTo(plain(second()).owned());
        assertThat(others()).isEqualTo(before);
        assertThat(set(observed(), plain(first()))).isInstanceOf(Outcome.Done.class);
        assertThat(observed().owned()).isEqualTo(plain(first()).owned());
        assertThat(others()).isEqualTo(before);
    }

    @Test
    void what_others_have_set_meanwhile_is_not_overwritten() throws Exception {
        Image expected = observed();
        setByOthers("set by others");
        assertThat(set(expected, plain(second()))).isInstanceOf(Outcome.Refused.class);
        assertThat(observed().get(field())).isEqualTo("set by others");
    }

    @Test
    void what_is_not_there_is_unseen_and_cannot_be_set() throws Exception {
        Image expected = observed();
        lose();
        assertThat(configuration().observe(soon())).isInstanceOf(Reading.Unseen.class);
        assertThat(set(expected, plain(second()))).isNotInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_leased_field_is_observed_with_its_deadline_and_later_as_what_it_fell_back_to() throws Exception {
        Assumptions.assumeTrue(leases());
        Image leased = leased(second(), now().plusMillis(700), first());
        assertThat(set(observed(), leased)).isInstanceOf(Outcome.Done.class);
        assertThat(observed().owned()).isEqualTo(leased.owned());
        pass(Duration.ofMillis(800));
        assertThat(observed().owned()).isEqualTo(plain(first()).owned());
    }

    @Test
    void a_lease_is_made_permanent_before_its_deadline() throws Exception {
        Assumptions.assumeTrue(leases());
        String before = others();
        assertThat(set(observed(), leased(second(), now().plusMillis(700), first())))
                .isInstanceOf(Outcome.Done.class);
        assertThat(set(observed(), plain(second()))).isInstanceOf(Outcome.Done.class);
        pass(Duration.ofMillis(800));
        assertThat(observed().owned()).isEqualTo(plain(second()).owned());
        assertThat(others()).isEqualTo(before);
    }

    @Test
    void a_lease_that_has_fallen_back_cannot_be_made_permanent_unseen() throws Exception {
        Assumptions.assumeTrue(leases());
        Image leased = leased(second(), now().plusMillis(300), first());
        assertThat(set(observed(), leased)).isInstanceOf(Outcome.Done.class);
        pass(Duration.ofMillis(400));
        assertThat(set(leased, plain(second()))).isInstanceOf(Outcome.Refused.class);
        assertThat(observed().owned()).isEqualTo(plain(first()).owned());
    }
}
