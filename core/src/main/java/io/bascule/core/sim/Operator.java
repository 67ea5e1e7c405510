package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.Person;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The people of a simulated run: they answer gates after a while, and look after a run that holds. */
public final class Operator {
    /** What people do about a hold. */
    public enum Care {
        /** Nobody comes. */
        ABSENT,
        /** They try again a few times, then go back. */
        PATIENT,
        /** They go back. */
        CAREFUL
    }

    private final CutoverPlan plan;
    private final SimWorld world;
    private final SimInbox inbox;
    private final SplittableRandom random;
    private final Care care;
    private final boolean answersGates;
    private int holds;
    private int planned;

    Operator(CutoverPlan plan, SimWorld world, SimInbox inbox, SplittableRandom random, Care care, boolean answers) {
        this.plan = plan;
        this.world = world;
        this.inbox = inbox;
        this.random = random;
        this.care = care;
        this.answersGates = answers;
    }

    /** Whether someone is on the way with an order. */
    boolean isComing() {
        return planned > 0;
    }

    void read(Entry entry) {
        switch (entry.event()) {
            case RunEvent.GateAsked asked when answersGates -> approve(asked.gate());
            case RunEvent.Held held -> held(held);
            default -> {}
        }
    }

    private void approve(String name) {
        Gate gate = plan.phases().stream()
                .filter(phase -> phase.id().word().equals(name))
                .flatMap(phase -> phase.gate().stream())
                .findFirst()
                .orElseThrow();
        List<Person> able = new ArrayList<>(plan.people().stream()
                .filter(person -> person.roles().stream().anyMatch(gate.ask()::contains))
                .toList());
        for (Person person : able.subList(0, Math.min(gate.need(), able.size()))) {
            later(1_000 + random.nextInt(20_000), new Order.Approve(name), person.id());
        }
    }

    private void held(RunEvent.Held held) {
        holds++;
        if (care == Care.ABSENT || holds > 6) {
            return;
        }
        int delay = 5_000 + random.nextInt(120_000);
        boolean back = care == Care.CAREFUL || holds > 2;
        switch (held.cause()) {
            case DRIFT -> later(delay, new Order.Resume(holds % 2 == 1), "ana");
            case ORDER, FAILURE, NO_DATA, TURNAROUND, REJECTED, CLAIM, DEFECT ->
                later(delay, back ? new Order.Rollback(holds > 4, false) : new Order.Resume(false), "ana");
            case SOURCE_UNHEALTHY -> later(delay, new Order.Resume(false), "ana");
            case WAY_BACK_CLOSED -> later(delay, new Order.Rollback(false, holds > 3), "ana");
        }
    }

    private void later(int millis, Order order, String who) {
        planned++;
        world.clock().plan(world.clock().millis() + millis, () -> {
            planned--;
            inbox.sendNow(order, who, "os:" + who + "@sim", "it is good enough");
        });
    }
}
