package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole cutovers of every shape with faults of every kind. A failing run prints its plan and seed; {@code -Dsim.first}
 * begins elsewhere, {@code -Dsim.runs} does more or fewer.
 */
class ManyCutoversTest {
    private static final List<CutoverPlan> PLANS = SimPlans.all();
    private static final List<Program> PROGRAMS =
            PLANS.stream().map(Program::of).toList();
    private static final long FIRST = Long.getLong("sim.first", 1);

    @Test
    void thousands_of_cutovers_keep_every_promise() {
        many(Integer.getInteger("sim.runs", 12_000));
    }

    @Test
    @Tag("long")
    void two_hundred_thousand_cutovers_keep_every_promise() {
        many(200_000);
    }

    private static void many(int runs) {
        Map<RunStatus, Integer> ends = new EnumMap<>(RunStatus.class);
        Queue<Result> broken = new ConcurrentLinkedQueue<>();
        long begun = System.nanoTime();
        LongStream.range(FIRST, FIRST + runs)
                .parallel()
                .mapToObj(ManyCutoversTest::one)
                .forEach(result -> {
                    synchronized (ends) {
                        ends.merge(result.status(), 1, Integer::sum);
                    }
                    if (result.violation().isPresent() || goesOn(result.status())) {
                        broken.add(result);
                    }
                });
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%d cutovers in %.1f s, %.0f/s: %s%n", runs, seconds, runs / seconds, ends);
        assertThat(broken.size()).as(stories(broken)).isZero();
    }

    /** After twelve simulated hours a run has ended, or holds and says why. */
    private static boolean goesOn(RunStatus status) {
        return !status.terminal() && status != RunStatus.HOLDING;
    }

    private static Result one(long seed) {
        int which = (int) (seed % PLANS.size());
        Simulation simulation =
                Simulation.of(PLANS.get(which), PROGRAMS.get(which), seed).faults(Faults.drawn());
        return (seed % 50 == 0 ? simulation : simulation.quick()).run();
    }

    private static String stories(Queue<Result> broken) {
        StringBuilder text = new StringBuilder(broken.size() + " broken\n");
        broken.stream().limit(40).forEach(result -> text.append(result.brief()).append('\n'));
        broken.stream().limit(2).forEach(result -> text.append(result.story(40)).append('\n'));
        return text.toString();
    }
}
