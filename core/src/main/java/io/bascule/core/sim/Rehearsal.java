package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Act;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Carries a plan out in a simulated world: once as it should go, or once for every act that could fail for good.
 * Figures won here are SIMULATED, never the platform's.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * What one failure led to.
     *
     * @param act the act that failed for good; empty when nothing did
     * @param restored whether every resource is as it was at the start, as the world has it and not as the run thinks
     * @param violation what must never happen and did; empty when all went by the contract
     * @param rollback virtual time of the roll-back; empty when there was none
     */
    public record Line(
            String act,
            RunStatus status,
            String reason,
            boolean restored,
            Optional<Duration> rollback,
            Duration lasted,
            Optional<String> violation) {
        /** Whether the end is one that the contract allows for such a failure. */
        public boolean good() {
            return violation.isEmpty() && status != RunStatus.ROLLBACK_INCOMPLETE;
        }
    }

    /** The plan as it should go; people approve every gate. */
    public static Result rehearse(CutoverPlan plan, long seed) {
        return Simulation.of(plan, seed).people(Operator.Care.ABSENT, true).run();
    }

    /** One run for each act of the plan, in which that act fails for good. In the order of the plan. */
    public static List<Line> rehearseEveryStep(CutoverPlan plan, long seed) {
        List<Line> lines = new ArrayList<>();
        for (Act act : Program.of(plan).acts()) {
            if (!act.id().startsWith("end/")) {
                lines.add(line(act.id(), failing(plan, act, seed)));
            }
        }
        return lines;
    }

    private static Result failing(CutoverPlan plan, Act act, long seed) {
        boolean rejects = act instanceof Act.Await;
        Simulation simulation = Simulation.of(plan, seed).people(Operator.Care.ABSENT, true);
        Faults faults = switch (act) {
            case Act.Alter alter ->
                Faults.none()
                        .always(
                                alter.id() + " is refused",
                                trial -> trial.trouble()
                                        .refuseTokens(token -> token.contains("/" + alter.id() + "/forward/")));
            case Act.Ask ask -> Faults.none().always(ask.id() + " fails", _ -> {});
            case Act.Soak soak ->
                Faults.none().when("errors at " + soak.id(), Faults.at(soak.id()), trial -> {
                    trial.errors(soak.spec().judged(), 0.5);
                });
            case Act.Await await ->
                Faults.none()
                        .when(
                                "rejected",
                                asked(await.step()),
                                trial -> trial.order(new Order.Reject(await.step()), approver(plan, await)));
        };
        if (act instanceof Act.Ask) {
            simulation = simulation.around(surroundings -> spoil(plan, act, surroundings));
        }
        return simulation
                .faults(faults)
                .people(Operator.Care.ABSENT, !rejects || !isFirst(plan, act))
                .run();
    }

    /** From the act before this one to the beginning of a roll-back, every question is answered with no. */
    private static Surroundings spoil(CutoverPlan plan, Act act, Surroundings around) {
        List<Act> acts = Program.of(plan).acts();
        int place = acts.indexOf(act);
        String before = place == 0 ? "" : acts.get(place - 1).id();
        return Spoiled.of(around, () -> {
            List<Entry> entries = around.journal().entries();
            boolean reached = place == 0;
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (entries.get(i).event() instanceof RunEvent.RollbackBegun) {
                    return false;
                }
                reached = reached || passed(entries.get(i).event(), before);
            }
            return reached;
        });
    }

    private static boolean passed(RunEvent event, String act) {
        return switch (event) {
            case RunEvent.StepVerified e -> e.act().equals(act);
            case RunEvent.Measured e -> e.act().equals(act) && e.verdict().equals("PASS");
            case RunEvent.Surveyed e -> e.act().equals(act);
            case RunEvent.SoakPassed e -> e.act().equals(act);
            case RunEvent.GatePassed e -> (e.gate() + "/approval").equals(act);
            default -> false;
        };
    }

    /** Gates before the one to be rejected must still be approved. */
    private static boolean isFirst(CutoverPlan plan, Act act) {
        return plan.phases().stream()
                .filter(phase -> phase.gate().isPresent())
                .findFirst()
                .map(phase -> phase.id().word().equals(act.step()))
                .orElse(false);
    }

    private static Predicate<Entry> asked(String gate) {
        return entry -> entry.event() instanceof RunEvent.GateAsked asked
                && asked.gate().equals(gate);
    }

    private static String approver(CutoverPlan plan, Act.Await await) {
        return plan.people().stream()
                .filter(person -> person.roles().stream().anyMatch(await.gate().ask()::contains))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Line line(String act, Result result) {
        return new Line(
                act,
                result.status(),
                result.state().reason(),
                result.unchanged(),
                result.rollback(),
                result.lasted(),
                result.violation());
    }
}
