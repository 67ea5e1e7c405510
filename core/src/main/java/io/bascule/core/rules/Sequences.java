package io.bascule.core.rules;

import static io.bascule.core.plan.PhaseKind.BAKE;
import static io.bascule.core.plan.PhaseKind.COMMIT;
import static io.bascule.core.plan.PhaseKind.CONFIGURE;
import static io.bascule.core.plan.PhaseKind.DECOMMISSION;
import static io.bascule.core.plan.PhaseKind.FREEZE;
import static io.bascule.core.plan.PhaseKind.GO;
import static io.bascule.core.plan.PhaseKind.PREFLIGHT;
import static io.bascule.core.plan.PhaseKind.PREPARE;
import static io.bascule.core.plan.PhaseKind.RELEASE;
import static io.bascule.core.plan.PhaseKind.REVIEW;
import static io.bascule.core.plan.PhaseKind.SHIFT;
import static io.bascule.core.plan.PhaseKind.SMOKE;
import static io.bascule.core.plan.PhaseKind.SYNC;
import static io.bascule.core.plan.PhaseKind.VALIDATE;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The one legal sequence of phases of each shape, and what of a plan lies where in it. */
public final class Sequences {
    private Sequences() {}

    /** The legal sequence; a plan may leave phases out of it. */
    public static List<PhaseKind> legal(Shape shape, boolean commitBeforeFreeze) {
        List<PhaseKind> legal = new ArrayList<>(usual(shape));
        if (commitBeforeFreeze && shape.movesData()) {
            legal.remove(COMMIT);
            legal.add(legal.indexOf(FREEZE), COMMIT);
        }
        return List.copyOf(legal);
    }

    private static List<PhaseKind> usual(Shape shape) {
        return switch (shape) {
            case DATA_FIRST ->
                List.of(
                        PREPARE, PREFLIGHT, VALIDATE, GO, FREEZE, SYNC, CONFIGURE, SMOKE, RELEASE, SHIFT, BAKE, COMMIT,
                        REVIEW);
            case WEB_FIRST ->
                List.of(
                        PREPARE, PREFLIGHT, VALIDATE, GO, CONFIGURE, SMOKE, SHIFT, BAKE, FREEZE, SYNC, CONFIGURE, SMOKE,
                        RELEASE, BAKE, COMMIT, REVIEW);
            case FLIP ->
                List.of(
                        PREPARE, PREFLIGHT, VALIDATE, GO, FREEZE, SYNC, CONFIGURE, SMOKE, SHIFT, RELEASE, BAKE, COMMIT,
                        REVIEW);
            case STATELESS -> List.of(PREPARE, PREFLIGHT, VALIDATE, GO, CONFIGURE, SMOKE, SHIFT, BAKE, COMMIT, REVIEW);
            case DECOMMISSION -> List.of(PREPARE, PREFLIGHT, GO, PhaseKind.DECOMMISSION, REVIEW);
        };
    }

    /** Whether COMMIT must stand before FREEZE: some moved dataset has no reverse capture. */
    public static boolean commitsBeforeFreeze(CutoverPlan plan) {
        return plan.movedDatasets()
                .anyMatch(dataset ->
                        dataset.moved().filter(Dataset.Moved::reverse).isEmpty());
    }

    static int indexOf(CutoverPlan plan, PhaseKind kind) {
        for (int i = 0; i < plan.phases().size(); i++) {
            if (plan.phases().get(i).id().kind() == kind) {
                return i;
            }
        }
        return -1;
    }

    /** The steps from the fence to RELEASE, both with it; none when the plan does not have both in that order. */
    public static Stream<Step> insideFreeze(CutoverPlan plan) {
        return freezePhases(plan).stream().flatMap(phase -> phase.steps().stream());
    }

    /** The phases from FREEZE to RELEASE, both with it. */
    static List<Phase> freezePhases(CutoverPlan plan) {
        int from = indexOf(plan, FREEZE);
        int to = indexOf(plan, RELEASE);
        return from < 0 || to < from ? List.of() : plan.phases().subList(from, to + 1);
    }

    /** Whether a phase lies behind the point of no return: COMMIT, or GO of a decommission. */
    static boolean isBehindCommit(CutoverPlan plan, Phase phase) {
        PhaseKind point = plan.shape() == Shape.DECOMMISSION ? GO : COMMIT;
        int commit = indexOf(plan, point);
        int at = plan.phases().indexOf(phase);
        boolean binds = at > commit
                && !(freezePhases(plan).contains(phase) && phase.id().kind() != RELEASE);
        return commit >= 0 && binds;
    }

    static boolean isDecommission(Phase phase) {
        return phase.id().kind() == DECOMMISSION;
    }
}
