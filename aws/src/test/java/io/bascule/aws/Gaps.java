package io.bascule.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures, over some hundred changes there and back, how long an edit of someone else could go unseen. */
public final class Gaps {
    private static final Pattern GAP = Pattern.compile("read to answer ([0-9.]+) ms");
    private static final int CHANGES = 400;
    /** The first are not counted: the virtual machine is still cold. */
    private static final int COLD = 50;

    private Gaps() {}

    /** Prints the quantiles; fails when a change does not tell its gap, or the gap outlasts what an answer is given. */
    public static void measure(String what, Actuator actuator, Image one, Image other) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < CHANGES + COLD; i++) {
            Image wanted = i % 2 == 0 ? other : one;
            double gap = gap(actuator, wanted, i);
            if (i >= COLD) {
                gaps.add(gap);
            }
        }
        Collections.sort(gaps);
        System.out.printf(
                Locale.ROOT,
                "%s: read to answer, %d changes: p50 %.1f ms, p99 %.1f ms, highest %.1f ms%n",
                what,
                gaps.size(),
                gaps.get(gaps.size() / 2),
                gaps.get(gaps.size() * 99 / 100),
                gaps.getLast());
        assertThat(gaps.getLast()).isLessThan(6000);
    }

    private static double gap(Actuator actuator, Image wanted, int number) {
        assertThat(actuator.observe(soon())).isInstanceOf(Reading.Seen.class);
        Image found = ((Reading.Seen) actuator.observe(soon())).image();
        Change change = new Change("run/a/forward/" + number, Instant.now().plusSeconds(6), found, wanted);
        Outcome outcome = actuator.apply(change, soon());
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        Matcher told = GAP.matcher(((Outcome.Done) outcome).changeId());
        assertThat(told.find()).as(outcome.toString()).isTrue();
        return Double.parseDouble(told.group(1));
    }

    private static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(10));
    }
}
