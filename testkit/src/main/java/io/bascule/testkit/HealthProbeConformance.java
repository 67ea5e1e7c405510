package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Deadline;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link HealthProbe} keeps to. The application is up, healthy and may write at the start of each test. */
public abstract class HealthProbeConformance {
    protected abstract HealthProbe probe() throws Exception;

    /** A page that answers 200. */
    protected abstract String page();

    /** The location of its database as the application is configured to it. */
    protected abstract String database();

    /** Fences the application's database, or opens it again. */
    protected abstract void fence(boolean closed) throws Exception;

    /** Stops the application. */
    protected abstract void stop() throws Exception;

    protected Instant now() {
        return Instant.now();
    }

    private Deadline soon() {
        return Deadline.after(now(), Duration.ofSeconds(10));
    }

    private HealthProbe.Told told() throws Exception {
        return switch (probe().report(soon())) {
            case HealthProbe.Told told -> told;
            case HealthProbe.Silent(String why) -> throw new AssertionError(why);
        };
    }

    @Test
    void the_expected_status_passes_and_another_fails() throws Exception {
        assertThat(probe().check(page(), 200, soon()).verdict().passed()).isTrue();
        assertThat(probe().check(page(), 201, soon()).verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void it_tells_what_the_application_says_of_itself() throws Exception {
        assertThat(told().healthy()).isTrue();
        assertThat(told().database()).isEqualTo(database());
        assertThat(told().writable()).isTrue();
        assertThat(told().version()).isNotBlank();
    }

    @Test
    void a_fenced_database_is_told_as_not_writable_and_stays_healthy() throws Exception {
        fence(true);
        assertThat(eventuallyWritable(false)).isTrue();
        assertThat(told().healthy()).isTrue();
        fence(false);
        assertThat(eventuallyWritable(true)).isTrue();
    }

    private boolean eventuallyWritable(boolean expected) throws Exception {
        for (int i = 0; i < 500; i++) {
            if (told().writable() == expected) {
                return true;
            }
            pass(Duration.ofMillis(10));
        }
        return false;
    }

    protected void pass(Duration time) throws Exception {
        Thread.sleep(time);
    }

    @Test
    void an_application_that_is_down_is_silent_and_never_passes() throws Exception {
        stop();
        assertThat(probe().report(soon())).isInstanceOf(HealthProbe.Silent.class);
        assertThat(probe().check(page(), 200, soon()).verdict()).isInstanceOf(Verdict.Errored.class);
    }
}
