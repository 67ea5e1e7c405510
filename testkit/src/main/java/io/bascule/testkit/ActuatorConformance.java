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
 * What every {@link Actuator} keeps to, real ones and simulated twins alike. A subclass sets up one resource that
 * stands at {@link #from} and may be brought to {@link #to} and back, afresh for each test.
 */
public abstract class ActuatorConformance {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The actuator of the resource set up for this test; may be a new object at each call. */
    protected abstract Actuator actuator();

    /** The state that the resource is in at the start; its owned fields. */
    protected abstract Image from();

    /** Another state that it may be brought to, and back from. Called once or more, with the same answer. */
    protected abstract Image to();

    /** A state that the resource is not in and that is neither {@link #from} nor {@link #to}. */
    protected Image elsewhere() {
        return Image.of("state", "elsewhere");
    }

    /** The clock that the actuator goes by. */
    protected Instant now() {
        return Instant.now();
    }

    /** Everything around the resource that a change must leave alone, as text: other fields, other people's rows. */
    protected String bystanders() {
        return "";
    }

    /** False where the platform has no conditional write. */
    protected boolean compares() {
        return true;
    }

    /** False where the platform keeps no tokens: then a token is only worth something while its state lasts. */
    protected boolean remembersTokens() {
        return true;
    }

    /** False where nothing brings the resource back, which the plan then says. */
    protected boolean goesBack() {
        return true;
    }

    /** Called after a change, where one takes time to be observed. */
    protected void settle() {}

    private Deadline soon() {
        return Deadline.after(now(), PATIENCE);
    }

    private Change change(String token, Image expected, Image wanted) {
        return new Change(token, now().plus(PATIENCE), expected, wanted);
    }

    private Outcome apply(Change change) {
        Outcome outcome = actuator().apply(change, soon());
        settle();
        return outcome;
    }

    private Image observed() {
        Reading reading = actuator().observe(soon());
        assertThat(reading).isInstanceOf(Reading.Seen.class);
        return reading instanceof Reading.Seen seen ? seen.image() : Image.NONE;
    }

    private void assertStandsAt(Image image) {
        assertThat(observed().owned()).isEqualTo(image.owned());
    }

    @Test
    void observing_and_asking_leave_all_as_it_was() {
        String before = bystanders();
        assertStandsAt(from());
        assertThat(actuator().authorise(soon())).isNotNull();
        assertStandsAt(from());
        assertThat(bystanders()).isEqualTo(before);
    }

    @Test
    void what_was_applied_is_observed() {
        assertThat(apply(change("run/a/forward/1", observed(), to()))).isInstanceOf(Outcome.Done.class);
        assertStandsAt(to());
    }

    @Test
    void the_way_back_brings_the_owned_fields_back_exactly() {
        Assumptions.assumeTrue(goesBack());
        Image before = observed();
        assertThat(apply(change("run/a/forward/1", before, to()))).isInstanceOf(Outcome.Done.class);
        assertThat(apply(change("run/a/back/1", observed(), from()))).isInstanceOf(Outcome.Done.class);
        assertStandsAt(before);
    }

    @Test
    void bystanders_are_left_alone() {
        String before = bystanders();
        apply(change("run/a/forward/1", observed(), to()));
        assertThat(bystanders()).isEqualTo(before);
        apply(change("run/a/back/1", observed(), from()));
        assertThat(bystanders()).isEqualTo(before);
    }

    @Test
    void a_request_sent_twice_has_the_effect_of_once() {
        Change change = change("run/a/forward/1", observed(), to());
        assertThat(apply(change)).isInstanceOf(Outcome.Done.class);
        assertThat(apply(change)).isInstanceOf(Outcome.Done.class);
        assertStandsAt(to());
    }

    @Test
    void a_late_duplicate_does_not_undo_the_way_back() {
        Assumptions.assumeTrue(remembersTokens());
        Change forward = change("run/a/forward/1", observed(), to());
        apply(forward);
        assertThat(apply(change("run/a/back/1", observed(), from()))).isInstanceOf(Outcome.Done.class);
        assertThat(apply(forward)).isInstanceOf(Outcome.Done.class);
        assertStandsAt(from());
    }

    @Test
    void a_state_that_is_there_already_is_done() {
        assertThat(apply(change("run/a/forward/1", observed(), from()))).isInstanceOf(Outcome.Done.class);
        assertStandsAt(from());
        apply(change("run/a/forward/2", observed(), to()));
        assertThat(apply(change("run/a/forward/3", from(), to()))).isInstanceOf(Outcome.Done.class);
        assertStandsAt(to());
    }

    @Test
    void a_state_other_than_expected_is_refused_and_kept() {
        Assumptions.assumeTrue(compares());
        assertRefused(change("run/a/forward/1", elsewhere(), to()), false);
    }

    @Test
    void a_request_that_comes_too_late_is_refused() {
        Change late = new Change("run/a/forward/1", now().minusSeconds(1), observed(), to());
        assertRefused(late, false);
    }

    @Test
    void a_state_that_makes_no_sense_is_refused() {
        Outcome outcome = apply(change("run/a/forward/1", observed(), Image.of("no-such-field", "x")));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertStandsAt(from());
    }

    private void assertRefused(Change change, boolean again) {
        String before = bystanders();
        Outcome outcome = apply(change);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).again()).isEqualTo(again);
        assertThat(((Outcome.Refused) outcome).why()).isNotBlank();
        assertStandsAt(from());
        assertThat(bystanders()).isEqualTo(before);
    }

    @Test
    void an_interrupted_call_answers_what_is_true() {
        Change change = change("run/a/forward/1", observed(), to());
        Deadline soon = soon();
        Thread.currentThread().interrupt();
        Outcome outcome;
        Reading reading;
        try {
            outcome = actuator().apply(change, soon);
            reading = actuator().observe(soon);
        } finally {
            clearInterrupt();
        }
        settle();
        assertThat(reading).isNotNull();
        assertTrue(outcome);
    }

    private static void clearInterrupt() {
        boolean was = Thread.interrupted();
        assertThat(was)
                .as("whether a callee keeps the interrupt is its own affair")
                .isIn(true, false);
    }

    @Test
    void a_call_without_time_left_answers_what_is_true() {
        Deadline passed = new Deadline(now().minusSeconds(1));
        Outcome outcome = actuator().apply(change("run/a/forward/1", observed(), to()), passed);
        settle();
        assertThat(actuator().observe(passed)).isNotNull();
        assertTrue(outcome);
    }

    private void assertTrue(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done _ -> assertStandsAt(to());
            case Outcome.Refused _ -> assertStandsAt(from());
            case Outcome.Unknown _ -> assertThat(observed().owned()).isIn(from().owned(), to().owned());
        }
    }
}
