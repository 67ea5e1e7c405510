package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole cutovers of every shape with faults of every kind. A failing run prints its plan and seed. */
class ManyCutoversTest {
    private static final long FIRST_SEED = Long.getLong("sim.first", 1);

    @Test
    void twenty_thousand_cutovers_keep_every_promise() {
        many(Integer.getInteger("sim.runs", 1_000));
    }

    @Test
    @Tag("long")
    void two_hundred_thousand_cutovers_keep_every_promise() {
        many(200_000);
    }

    private static void many(int runs) {
        List<CutoverPlan> plans = SimPlans.all();
        List<Program> programs = plans.stream().map(Program::of).toList();
        Map<RunStatus, Integer> ends = new EnumMap<>(RunStatus.class);
        List<Result> broken = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            int which = i % plans.size();
            Simulation simulation = Simulation.of(plans.get(which), programs.get(which), FIRST_SEED + i)
                    .faults(Faults.drawn());
            Result result = (i % 10 == 0 ? simulation : simulation.quick()).run();
            ends.merge(result.status(), 1, Integer::sum);
            if (result.violation().isPresent()) {
                broken.add(result);
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%d cutovers in %.1f s, %.0f/s: %s%n", runs, seconds, runs / seconds, ends);
        assertThat(broken).as(stories(broken)).isEmpty();
    }

    private static String stories(List<Result> broken) {
        StringBuilder text = new StringBuilder(broken.size() + " broken\n");
        broken.stream().limit(40).forEach(result -> text.append(result.brief()).append('\n'));
        broken.stream().limit(2).forEach(result -> text.append(result.story(40)).append('\n'));
        return text.toString();
    }
}
