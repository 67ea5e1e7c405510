package io.bascule.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Side;
import io.bascule.core.run.Direction;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.core.sim.Faults;
import io.bascule.core.sim.Operator;
import io.bascule.core.sim.Result;
import io.bascule.core.sim.SimPlans;
import io.bascule.core.sim.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A report says what was journaled and nothing else, however the run went. */
class ReporterTest {
    private static final CutoverPlan SHOP = SimPlans.dataFirst();
    private static final RunId RUN = new RunId("shop-1");

    private static final String COMPARED = "compare-data/equal";

    private static List<Entry> run(Faults faults) {
        Result result = Simulation.of(SHOP, Program.of(SHOP), 11)
                .faults(faults)
                .people(Operator.Care.ABSENT, true)
                .run();
        assertThat(result.violation()).isEmpty();
        return result.entries();
    }

    private static CutoverReport report(List<Entry> entries) {
        return Reporter.of(SHOP, RUN, entries);
    }

    /** Seed fault B18: "validation passed" was a constant. */
    @Test
    void every_verdict_in_it_is_one_that_was_measured_and_none_is_left_out() {
        List<Entry> entries = run(Faults.none());

        List<String> measured = entries.stream()
                .filter(entry -> entry.event() instanceof RunEvent.Measured)
                .map(entry -> (RunEvent.Measured) entry.event())
                .filter(event -> !event.verdict().equals("INCONCLUSIVE"))
                .map(event -> event.act() + " " + event.verdict() + " " + event.facts())
                .toList();
        assertThat(report(entries).findings())
                .extracting(found -> found.act() + " " + found.verdict() + " " + found.facts())
                .isEqualTo(measured);
        int compared = (int) entries.stream()
                .takeWhile(entry -> !isMeasured(entry, COMPARED))
                .count();
        assertThat(report(entries).findings()).anyMatch(found -> found.act().equals(COMPARED));
        assertThat(report(entries.subList(0, compared)).findings())
                .isNotEmpty()
                .noneMatch(found -> found.act().equals(COMPARED));
    }

    private static boolean isMeasured(Entry entry, String act) {
        return entry.event() instanceof RunEvent.Measured event && event.act().equals(act);
    }

    @Test
    void a_run_that_went_back_has_one_too_with_the_times_of_the_way_and_everything_restored() {
        CutoverReport report = report(run(
                Faults.none().when("at", Faults.at("shift/watch 25%"), trial -> trial.errors(Side.TARGET, 0.5))));

        assertThat(report.status()).contains(RunStatus.ROLLED_BACK);
        assertThat(report.usersBack()).isPresent();
        assertThat(report.dataHome()).isPresent();
        assertThat(report.rollback().orElseThrow())
                .isGreaterThanOrEqualTo(report.dataHome().orElseThrow());
        assertThat(report.changes()).isNotEmpty().allMatch(CutoverReport.Changed::restored);
        assertThat(report.stretches().getLast().failed()).isPositive();
        assertThat(report.decisions())
                .anyMatch(decided ->
                        decided.what().equals("roll back") && decided.who().equals("bascule"));
        assertThat(report.pauses())
                .extracting(CutoverReport.Pause::direction)
                .contains(Direction.FORWARD, Direction.BACK);
    }

    @Test
    void what_was_not_measured_is_empty_and_no_zero() {
        CutoverReport report = report(run(Faults.none()));

        assertThat(report.status()).contains(RunStatus.COMPLETED);
        assertThat(report.usersBack()).isEmpty();
        assertThat(report.dataHome()).isEmpty();
        assertThat(report.rollback()).isEmpty();
        assertThat(report.evidence()).isEqualTo("SIMULATED");
        assertThat(report.pauses())
                .hasSize(1)
                .allSatisfy(
                        pause -> assertThat(pause.lasted()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(20)));
        assertThat(report.steps()).allMatch(step -> step.actual().isPresent());
    }

    @Test
    void a_run_that_goes_on_says_so_and_what_it_has_not_reached_has_no_time() {
        List<Entry> entries = run(Faults.none());

        CutoverReport report = report(entries.subList(0, entries.size() / 2));

        assertThat(report.status()).isEmpty();
        assertThat(report.ended()).isEmpty();
        assertThat(report.steps()).anyMatch(step -> step.actual().isEmpty());
        assertThat(report.steps()).anyMatch(step -> step.actual().isPresent());
    }
}
