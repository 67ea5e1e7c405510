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
            case WRITES, CONFIGURATION, COPY, REVERSE, SINGLETON, DNS, CAPACITY, EXISTENCE, SWITCH, SCRIPT -> {}
        }
    }

    private static void fence(Program program, RunState next, RunEvent.StepVerified e, Resource resource) {
        boolean target = resource.name().endsWith("@" + Side.TARGET.word());
        String fence = e.observed().get("fence");
        boolean ours =
                next.freeze.map(freeze -> freeze.direction() == e.direction()).orElse(false);
        boolean leaving = ours && target == (e.direction() == Direction.BACK);
        if (leaving && fence.equals("closed") && allAre(program, next, target, "closed")) {
            next.freeze = Optional.empty();
            next.released = e.direction() == Direction.FORWARD;
            next.cameHome = e.direction() == Direction.BACK;
        }
        if (e.direction() == Direction.BACK && !target && allAre(program, next, false, "open")) {
            next.freeze = Optional.empty();
        }
        if (target && fence.equals("open")) {
            next.targetOpened = true;
            next.cameHome = false;
        }
    }

    /** Whether every dataset's store on that side is so, as last verified. */
    private static boolean allAre(Program program, RunState next, boolean target, String fence) {
        for (Act act : program.acts()) {
            if (isReleasing(act) && act instanceof Act.Alter alter) {
                String dataset = alter.resource().name().replace("@source", "");
                Resource store = Resource.fence(dataset, target ? Side.TARGET : Side.SOURCE);
                if (!next.resource(store)
                        .map(r -> r.expected().get("fence").equals(fence))
                        .orElse(false)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Acts that a freeze which ran out makes void: from its first to RELEASE's closing ones. */
    static boolean startsAgain(Program program, String act) {
        int from = -1;
        int to = -1;
        for (Act each : program.acts()) {
            boolean leased = each instanceof Act.Alter alter && alter.leased();
            if (from < 0 && leased) {
                from = program.place(each.id());
            }
            if (isReleasing(each)) {
                to = program.place(each.id());
            }
        }
        int place = program.place(act);
        return from >= 0 && place >= from && place <= to;
    }

    private static boolean isReleasing(Act act) {
        return act instanceof Act.Alter alter
                && alter.resource().kind() == Resource.Kind.FENCE
                && "closed".equals(alter.fields().get("fence"));
    }
}
