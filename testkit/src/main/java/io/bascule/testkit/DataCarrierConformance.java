package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DataCarrier} keeps to. A subclass sets up, afresh for each test, a source that is open and holds at
 * least three rows with the ids that its store gave them, and no target; and writes to both sides as the applications
 * would. A row is an id given by the store, never twice, and a text.
 */
public abstract class DataCarrierConformance {
    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Image OPEN = Image.of("fence", "open");
    private static final Image CLOSED = Image.of("fence", "closed");
    private int attempts;

    /** A carrier of the dataset set up for this test; a new object at each call where that means anything. */
    protected abstract DataCarrier carrier();

    /** The clock that the fence goes by. */
    protected abstract Instant now();

    /** Returns once {@link #now} is past {@code instant}: a twin's clock is set, a real one is awaited. */
    protected abstract void awaitPast(Instant instant);

    /** Short, and long enough for a handful of calls. */
    protected Duration shortLease() {
        return Duration.ofMillis(1500);
    }

    /** As the application writes: the id given, or empty when the store refused. */
    protected abstract OptionalLong insert(Side side, String text);

    /** True when the store accepted it. */
    protected abstract boolean update(Side side, long id, String text);

    /** True when the store accepted it. */
    protected abstract boolean delete(Side side, long id);

    protected abstract SortedMap<Long, String> rows(Side side);

    /** Capture on the target stops without telling anybody. */
    protected abstract void breakCapture();

    /** Changes the first row's text past every fence and every capture: a person with all rights. */
    protected abstract void writeUnseen(Side side, String text);

    protected final Deadline soon() {
        return Deadline.after(now(), Duration.ofSeconds(30));
    }

    protected static Image leased(Instant until) {
        return Image.of("fence", "leased", "until", UNTIL.format(until));
    }

    protected final Image observed(Actuator actuator) {
        Reading reading = actuator.observe(soon());
        assertThat(reading).isInstanceOf(Reading.Seen.class);
        return reading instanceof Reading.Seen seen ? seen.image() : Image.NONE;
    }

    protected final Outcome apply(Actuator actuator, Image expected, Image wanted) {
        attempts++;
        Change change = new Change("run/act/forward/" + attempts, now().plus(LONG), expected, wanted);
        return actuator.apply(change, soon());
    }

    /** From the state just observed. */
    protected final void bring(Actuator actuator, Image wanted) {
        assertThat(apply(actuator, observed(actuator), wanted)).isInstanceOf(Outcome.Done.class);
        assertThat(observed(actuator).owned()).isEqualTo(wanted.owned());
    }

    private Image lease(Side side) {
        Image leased = leased(now().plus(LONG));
        bring(carrier().fence(side), leased);
        return leased;
    }

    private void copy() {
        bring(carrier().copy(), Image.of("copy", "done"));
    }

    /** Everything up to and with RELEASE. */
    private void goOver() {
        lease(Side.SOURCE);
        copy();
        bring(carrier().reverse(), Image.of("reverse", "on"));
        bring(carrier().fence(Side.SOURCE), CLOSED);
        bring(carrier().fence(Side.TARGET), OPEN);
    }

    private static void assertPass(Finding finding) {
        assertThat(finding.verdict()).as(finding.toString()).isInstanceOf(Verdict.Pass.class);
    }

    private static void assertFail(Finding finding) {
        assertThat(finding.verdict()).as(finding.toString()).isInstanceOf(Verdict.Fail.class);
    }

    private void assertAtMostOneTakesWrites() {
        boolean source = insert(Side.SOURCE, "probe").isPresent();
        boolean target =
                !rows(Side.TARGET).isEmpty() && insert(Side.TARGET, "probe").isPresent();
        assertThat(source && target).as("both sides took a write").isFalse();
    }

    @Test
    void an_open_source_takes_writes_and_an_absent_target_is_closed() {
        assertThat(observed(carrier().fence(Side.SOURCE)).owned()).isEqualTo(OPEN.owned());
        assertThat(observed(carrier().fence(Side.TARGET)).owned()).isEqualTo(CLOSED.owned());
        assertThat(observed(carrier().copy()).get("copy")).isEqualTo("none");
        assertThat(observed(carrier().reverse()).get("reverse")).isEqualTo("off");
        assertThat(insert(Side.SOURCE, "a")).isPresent();
        assertFail(carrier().provesFenced(Side.SOURCE, soon()));
    }

    @Test
    void a_leased_source_refuses_every_write() {
        SortedMap<Long, String> before = rows(Side.SOURCE);
        lease(Side.SOURCE);
        assertThat(insert(Side.SOURCE, "a")).isEmpty();
        assertThat(update(Side.SOURCE, before.firstKey(), "b")).isFalse();
        assertThat(delete(Side.SOURCE, before.firstKey())).isFalse();
        assertPass(carrier().provesFenced(Side.SOURCE, soon()));
        assertThat(rows(Side.SOURCE)).isEqualTo(before);
    }

    @Test
    void a_lease_ends_by_itself() {
        Instant until = now().plus(shortLease());
        bring(carrier().fence(Side.SOURCE), leased(until));
        assertThat(insert(Side.SOURCE, "within")).isEmpty();
        awaitPast(until);
        assertThat(insert(Side.SOURCE, "after")).isPresent();
        assertThat(observed(carrier().fence(Side.SOURCE)).owned()).isEqualTo(OPEN.owned());
    }

    @Test
    void a_closed_fence_outlives_the_lease_it_was_made_from() {
        Instant until = now().plus(shortLease());
        bring(carrier().fence(Side.SOURCE), leased(until));
        bring(carrier().fence(Side.SOURCE), CLOSED);
        awaitPast(until);
        assertThat(insert(Side.SOURCE, "after")).isEmpty();
        assertThat(observed(carrier().fence(Side.SOURCE)).owned()).isEqualTo(CLOSED.owned());
    }

    @Test
    void a_lease_that_has_ended_is_not_made_permanent() {
        Instant until = now().plus(shortLease());
        bring(carrier().fence(Side.SOURCE), leased(until));
        awaitPast(until);
        assertThat(apply(carrier().fence(Side.SOURCE), leased(until), CLOSED)).isInstanceOf(Outcome.Refused.class);
        assertThat(insert(Side.SOURCE, "after")).isPresent();
    }

    @Test
    void a_lease_with_another_deadline_is_not_made_permanent() {
        Instant until = now().plus(LONG);
        bring(carrier().fence(Side.SOURCE), leased(until));
        Image other = leased(until.plusSeconds(1));
        assertThat(apply(carrier().fence(Side.SOURCE), other, CLOSED)).isInstanceOf(Outcome.Refused.class);
        assertThat(observed(carrier().fence(Side.SOURCE)).owned())
                .isEqualTo(leased(until).owned());
    }

    @Test
    void an_open_source_is_not_copied() {
        Outcome outcome = apply(carrier().copy(), Image.of("copy", "none"), Image.of("copy", "done"));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(observed(carrier().copy()).get("copy")).isEqualTo("none");
    }

    @Test
    void a_copy_is_closed_drained_and_the_same() {
        lease(Side.SOURCE);
        copy();
        assertThat(rows(Side.TARGET)).isEqualTo(rows(Side.SOURCE));
        assertThat(insert(Side.TARGET, "a")).isEmpty();
        assertThat(observed(carrier().fence(Side.TARGET)).owned()).isEqualTo(CLOSED.owned());
        assertPass(carrier().provesFenced(Side.TARGET, soon()));
        assertPass(carrier().drained(Side.SOURCE, soon()));
        Finding same = carrier().compare(soon());
        assertPass(same);
        assertThat(same.facts())
                .containsEntry("rowsCompared", String.valueOf(rows(Side.SOURCE).size()));
    }

    @Test
    void a_copy_that_the_source_has_outrun_is_none_and_made_again() {
        Instant until = now().plus(shortLease());
        bring(carrier().fence(Side.SOURCE), leased(until));
        assertThat(apply(carrier().copy(), Image.of("copy", "none"), Image.of("copy", "done")))
                .isNotNull();
        awaitPast(until);
        assertThat(insert(Side.SOURCE, "after")).isPresent();
        assertThat(observed(carrier().copy()).get("copy")).isEqualTo("none");
        assertThat(carrier().drained(Side.SOURCE, soon()).verdict().passed()).isFalse();
        lease(Side.SOURCE);
        assertThat(observed(carrier().copy()).get("copy")).isEqualTo("none");
        copy();
        assertThat(rows(Side.TARGET)).isEqualTo(rows(Side.SOURCE));
        assertPass(carrier().drained(Side.SOURCE, soon()));
    }

    @Test
    void a_disarmed_copy_stays_closed_and_may_be_made_again() {
        lease(Side.SOURCE);
        copy();
        bring(carrier().copy(), Image.of("copy", "none"));
        assertThat(insert(Side.TARGET, "a")).isEmpty();
        bring(carrier().fence(Side.SOURCE), OPEN);
        assertThat(insert(Side.SOURCE, "b")).isPresent();
        lease(Side.SOURCE);
        copy();
        assertPass(carrier().compare(soon()));
    }

    @Test
    void a_target_is_not_opened_beside_a_source_that_is_not_closed() {
        lease(Side.SOURCE);
        copy();
        assertThat(apply(carrier().fence(Side.TARGET), CLOSED, OPEN)).isInstanceOf(Outcome.Refused.class);
        assertThat(insert(Side.TARGET, "a")).isEmpty();
    }

    @Test
    void at_most_one_side_takes_writes_over_and_back() {
        lease(Side.SOURCE);
        copy();
        assertAtMostOneTakesWrites();
        bring(carrier().reverse(), Image.of("reverse", "on"));
        bring(carrier().fence(Side.SOURCE), CLOSED);
        assertAtMostOneTakesWrites();
        bring(carrier().fence(Side.TARGET), OPEN);
        assertAtMostOneTakesWrites();
        assertThat(apply(carrier().fence(Side.SOURCE), CLOSED, OPEN)).isInstanceOf(Outcome.Refused.class);
        bring(carrier().fence(Side.TARGET), CLOSED);
        assertAtMostOneTakesWrites();
        assertPass(carrier().carryHome(soon()));
        bring(carrier().fence(Side.SOURCE), OPEN);
        assertAtMostOneTakesWrites();
    }

    @Test
    void a_write_that_slips_past_is_found_by_compare() {
        lease(Side.SOURCE);
        copy();
        writeUnseen(Side.SOURCE, "slipped");
        Finding finding = carrier().compare(soon());
        assertFail(finding);
        assertThat(finding.facts()).containsEntry("differences", "1");
        assertThat(finding.facts().getOrDefault("firstKeys", "")).isNotEmpty();
    }

    @Test
    void ids_go_on_above_all_that_were_given_out() {
        long last = insert(Side.SOURCE, "gone").orElseThrow();
        assertThat(delete(Side.SOURCE, last)).isTrue();
        goOver();
        long first = insert(Side.TARGET, "a").orElseThrow();
        assertThat(first).isGreaterThan(last);
        assertPass(carrier().identity(Side.TARGET, soon()));
    }

    @Test
    void everything_the_target_took_comes_home() {
        long kept = rows(Side.SOURCE).firstKey();
        long lost = rows(Side.SOURCE).lastKey();
        goOver();
        insert(Side.TARGET, "new");
        update(Side.TARGET, kept, "changed");
        delete(Side.TARGET, lost);
        Finding lag = carrier().reverseLag(soon());
        assertPass(lag);
        assertThat(lag.facts()).containsEntry("lagRows", "3");
        assertFail(carrier().drained(Side.TARGET, soon()));
        lease(Side.TARGET);
        Finding home = carrier().carryHome(soon());
        assertPass(home);
        assertThat(home.facts()).containsEntry("carriedRows", "3").containsEntry("leftRows", "0");
        assertThat(home.facts())
                .containsEntry("rowsCompared", String.valueOf(rows(Side.TARGET).size()));
        assertThat(rows(Side.SOURCE)).isEqualTo(rows(Side.TARGET));
        assertPass(carrier().drained(Side.TARGET, soon()));
    }

    @Test
    void carrying_goes_on_while_the_target_is_open_and_proves_nothing_then() {
        goOver();
        insert(Side.TARGET, "a");
        Finding open = carrier().carryHome(soon());
        assertThat(open.verdict().passed()).isFalse();
        assertThat(open.facts()).containsEntry("carriedRows", "1").containsEntry("leftRows", "0");
        assertThat(rows(Side.SOURCE)).isEqualTo(rows(Side.TARGET));
        insert(Side.TARGET, "b");
        lease(Side.TARGET);
        Finding home = carrier().carryHome(soon());
        assertPass(home);
        assertThat(home.facts()).containsEntry("carriedRows", "1");
    }

    @Test
    void coming_home_twice_is_coming_home_once() {
        goOver();
        insert(Side.TARGET, "a");
        lease(Side.TARGET);
        assertPass(carrier().carryHome(soon()));
        SortedMap<Long, String> rows = rows(Side.SOURCE);
        Finding second = carrier().carryHome(soon());
        assertPass(second);
        assertThat(second.facts()).containsEntry("carriedRows", "0");
        assertThat(rows(Side.SOURCE)).isEqualTo(rows);
    }

    @Test
    void ids_are_never_given_out_again_after_a_way_home() {
        goOver();
        insert(Side.TARGET, "a");
        long gone = insert(Side.TARGET, "b").orElseThrow();
        delete(Side.TARGET, gone);
        bring(carrier().fence(Side.TARGET), CLOSED);
        assertPass(carrier().carryHome(soon()));
        assertPass(carrier().identity(Side.SOURCE, soon()));
        bring(carrier().fence(Side.SOURCE), OPEN);
        assertThat(insert(Side.SOURCE, "c").orElseThrow()).isGreaterThan(gone);
        assertThat(insert(Side.TARGET, "d")).isEmpty();
    }

    @Test
    void the_way_there_may_be_gone_again_after_a_way_home() {
        goOver();
        insert(Side.TARGET, "a");
        bring(carrier().fence(Side.TARGET), CLOSED);
        assertPass(carrier().carryHome(soon()));
        bring(carrier().fence(Side.SOURCE), OPEN);
        bring(carrier().reverse(), Image.of("reverse", "off"));
        bring(carrier().copy(), Image.of("copy", "none"));
        insert(Side.SOURCE, "b");
        goOver();
        assertThat(insert(Side.TARGET, "c")).isPresent();
        bring(carrier().fence(Side.TARGET), CLOSED);
        assertPass(carrier().carryHome(soon()));
    }

    @Test
    void writes_that_were_never_carried_home_are_not_copied_over() {
        goOver();
        insert(Side.TARGET, "a");
        bring(carrier().fence(Side.TARGET), CLOSED);
        SortedMap<Long, String> rows = rows(Side.TARGET);
        bring(carrier().copy(), Image.of("copy", "none"));
        Outcome outcome = apply(carrier().copy(), Image.of("copy", "none"), Image.of("copy", "done"));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(rows(Side.TARGET)).isEqualTo(rows);
    }

    @Test
    void a_capture_that_stopped_is_found() {
        goOver();
        breakCapture();
        insert(Side.TARGET, "unseen");
        assertThat(observed(carrier().reverse()).get("reverse")).isEqualTo("lost");
        assertFail(carrier().reverseLag(soon()));
        lease(Side.TARGET);
        assertFail(carrier().carryHome(soon()));
    }

    @Test
    void a_write_that_capture_did_not_see_is_found_by_parity() {
        goOver();
        insert(Side.TARGET, "seen");
        writeUnseen(Side.TARGET, "unseen");
        lease(Side.TARGET);
        assertFail(carrier().carryHome(soon()));
    }

    @Test
    void a_lease_of_the_target_ends_by_itself_too() {
        goOver();
        Instant until = now().plus(shortLease());
        bring(carrier().fence(Side.TARGET), leased(until));
        assertThat(insert(Side.TARGET, "within")).isEmpty();
        awaitPast(until);
        assertThat(insert(Side.TARGET, "after")).isPresent();
        assertThat(insert(Side.SOURCE, "after")).isEmpty();
        assertThat(carrier().reverseLag(soon()).facts()).containsEntry("lagRows", "1");
    }
}
