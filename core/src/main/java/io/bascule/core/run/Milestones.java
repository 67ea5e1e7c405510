package io.bascule.core.run;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Resource;
import java.util.Optional;

/** The few facts of a run that everything else asks for, noted as verified events pass. */
final class Milestones {
    private Milestones() {}

    static void note(Program program, RunState next, RunEvent.StepVerified e, Resource resource) {
        switch (resource.kind()) {
            case TRAFFIC ->
                next.usersMoved |= !e.adopted() && !e.observed().get("target").equals("0");
            case FENCE -> fence(program, next, e, resource);
            case WRITES, CONFIGURATION, COPY, REVERSE, SINGLETON, DNS, CAPACITY, EXISTENCE, SCRIPT -> {}
        }
    }

    private static void fence(Program program, RunState next, RunEvent.StepVerified e, Resource resource) {
        boolean target = resource.name().endsWith("@" + Side.TARGET.word());
        String fence = e.observed().get("fence");
        boolean ours =
                next.freeze.map(freeze -> freeze.direction() == e.direction()).orElse(false);
        boolean leaving = ours && target == (e.direction() == Direction.BACK);
        if (leaving && fence.equals("closed") && allClosed(program, next, target)) {
            next.freeze = Optional.empty();
            next.released = e.direction() == Direction.FORWARD;
        }
        if (target && fence.equals("open")) {
            next.targetOpened = true;
        }
    }

    /** Whether every dataset's store on that side is closed, as last verified. */
    private static boolean allClosed(Program program, RunState next, boolean target) {
        for (Act act : program.acts()) {
            if (isReleasing(act) && act instanceof Act.Alter alter) {
                String dataset = alter.resource().name().replace("@source", "");
                Resource store = Resource.fence(dataset, target ? Side.TARGET : Side.SOURCE);
                if (!next.resource(store)
                        .map(r -> r.expected().get("fence").equals("closed"))
                        .orElse(false)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Acts of the plan from the freeze's first to the one before RELEASE's first. */
    static boolean insideFreeze(Program program, String act) {
        int from = -1;
        for (Act each : program.acts()) {
            boolean leased = each instanceof Act.Alter alter && alter.leased();
            int place = program.place(each.id());
            if (from < 0 && leased) {
                from = place;
            }
            if (from >= 0 && isReleasing(each)) {
                return program.place(act) >= from && program.place(act) < place;
            }
        }
        return false;
    }

    private static boolean isReleasing(Act act) {
        return act instanceof Act.Alter alter
                && alter.resource().kind() == Resource.Kind.FENCE
                && "closed".equals(alter.fields().get("fence"));
    }
}
