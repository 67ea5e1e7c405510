package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.run.Act;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Faults of the seed documents that no other test is named after. */
class SeedFaultsTest {

    /** The same plan, each of whose entrances needs so many healthy targets on a side. */
    private static CutoverPlan needing(CutoverPlan plan, int healthy) {
        List<Entrance> entrances = plan.entrances().stream()
                .map(each -> new Entrance(
                        each.name(),
                        each.router(),
                        each.at(),
                        each.expectPerSecond(),
                        each.writes(),
                        each.freeze(),
                        each.parkAtMost(),
                        healthy))
                .toList();
        return new CutoverPlan(
                plan.name(),
                plan.title(),
                plan.shape(),
                plan.window(),
                plan.people(),
                plan.environments(),
                entrances,
                plan.datasets(),
                plan.writers(),
                plan.metrics(),
                plan.judgement(),
                plan.phases(),
                plan.tell(),
                plan.follows(),
                plan.hash());
    }

    @Test
    void b8_one_healthy_target_where_two_are_needed_gets_no_users() {
        Faults one = Faults.none()
                .always(
                        "one of three is healthy",
                        trial -> trial.world().entrances().forEach(entrance -> entrance.healthy[1] = 1));
        Result result =
                Simulation.of(needing(SimPlans.stateless(), 2), 1).faults(one).run();
        assertThat(result.status()).as(result.story(12)).isEqualTo(RunStatus.ABORTED_UNCHANGED);
        assertThat(result.unchanged()).as(result.story(12)).isTrue();
        assertThat(result.story(12)).contains("has 1 healthy targets", "needed 2");
        assertThat(Simulation.of(needing(SimPlans.stateless(), 1), 1)
                        .faults(one)
                        .run()
                        .status())
                .isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void c7_a_stage_is_watched_once_for_as_long_as_the_plan_says_at_least_and_never_blind() {
        for (CutoverPlan plan : SimPlans.all()) {
            Map<String, Act.Soak> soaks = new HashMap<>();
            Program.of(plan).acts().forEach(act -> {
                if (act instanceof Act.Soak soak) {
                    soaks.put(soak.id(), soak);
                }
            });
            Result result = Simulation.of(plan, 1).run();
            Duration slack = plan.judgement().every().multipliedBy(3);
            Map<String, Instant> begun = new HashMap<>();
            Map<String, Instant> judged = new HashMap<>();
            for (Entry entry : result.entries()) {
                switch (entry.event()) {
                    case RunEvent.SoakBegun(String act, String _) -> {
                        assertThat(begun.put(act, entry.at()))
                                .as(act + " begins once")
                                .isNull();
                        judged.put(act, entry.at());
                    }
                    case RunEvent.Judged e
                    when judged.containsKey(e.act()) -> {
                        assertThat(Duration.between(judged.get(e.act()), entry.at()))
                                .as(e.act() + " is not blind")
                                .isLessThanOrEqualTo(slack);
                        judged.put(e.act(), entry.at());
                    }
                    case RunEvent.SoakPassed(String act, String _) -> {
                        Duration lasts =
                                Objects.requireNonNull(soaks.get(act)).spec().lasts();
                        assertThat(Duration.between(begun.get(act), entry.at()))
                                .as(plan.name() + " " + act)
                                .isGreaterThanOrEqualTo(lasts);
                        assertThat(Duration.between(judged.get(act), entry.at()))
                                .as(act + " passes by its last look")
                                .isLessThanOrEqualTo(slack);
                    }
                    default -> {}
                }
            }
            assertThat(begun.keySet()).as(result.story(5)).isEqualTo(soaks.keySet());
        }
    }
}
