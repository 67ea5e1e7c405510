package io.bascule.planfile.bench;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Program;
import io.bascule.core.sim.Faults;
import io.bascule.core.sim.Result;
import io.bascule.core.sim.Simulation;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How many cutovers of a plan one thread carries out in the simulated world in a second, and how many events: first as
 * planned, then with faults of every kind. Told by the wall's clock and by the processor's time, which other work on the
 * machine does not bend. Arguments: the plan's file, rounds (default 8), cutovers in a round (default 1,000). The best
 * round counts; the first ones warm the machine up.
 */
final class SimulatedCutovers {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SimulatedCutovers() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        int cutovers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000;
        if (!(PlanFile.read(file, List.of()) instanceof Decoded.Good good)) {
            throw new IllegalArgumentException(file + " is no good plan");
        }
        measure("as planned", good.plan(), Faults.none(), rounds, cutovers);
        measure("with faults", good.plan(), Faults.drawn(), rounds, cutovers);
    }

    private static void measure(String what, CutoverPlan plan, Faults faults, int rounds, int cutovers) {
        Program program = Program.of(plan);
        Round best = new Round(Double.MAX_VALUE, Double.MAX_VALUE, 0);
        for (int round = 0; round < rounds; round++) {
            Round taken = round(plan, program, faults, round * (long) cutovers + 1, cutovers);
            System.out.println("  round " + (round + 1) + ": " + taken.text(cutovers));
            best = taken.processor() < best.processor() ? taken : best;
        }
        System.out.println(what + ", " + plan.name() + ", one thread: " + best.text(cutovers));
    }

    private static Round round(CutoverPlan plan, Program program, Faults faults, long first, int cutovers) {
        long events = 0;
        long processor = THREADS.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        for (long seed = first; seed < first + cutovers; seed++) {
            Result result =
                    Simulation.of(plan, program, seed).faults(faults).quick().run();
            result.violation().ifPresent(violation -> {
                throw new IllegalStateException(result.brief());
            });
            events += result.entries().size();
        }
        return new Round(
                (System.nanoTime() - wall) / 1e9, (THREADS.getCurrentThreadCpuTime() - processor) / 1e9, events);
    }

    /** Seconds, and events written. */
    private record Round(double wall, double processor, long events) {
        String text(int cutovers) {
            return String.format(
                    Locale.ROOT,
                    "%.0f cutovers/s, %.0f events/s of processor time; %.0f cutovers/s by the wall",
                    cutovers / processor,
                    events / processor,
                    cutovers / wall);
        }
    }
}
