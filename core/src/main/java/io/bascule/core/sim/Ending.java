package io.bascule.core.sim;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.run.ResourceState;
import io.bascule.core.run.RunState;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;

/** What must be true of the world once a run has ended, late effects included. */
final class Ending {
    private static final Duration AFTERMATH = Duration.ofSeconds(30);

    private final SimWorld world;
    private final RunState state;

    Ending(SimWorld world, RunState state) {
        this.world = world;
        this.state = state;
    }

    void check() {
        world.pass(AFTERMATH);
        world.flow();
        switch (state.status()) {
            case ROLLED_BACK, ABORTED_UNCHANGED -> wentBack();
            case COMPLETED, COMPLETED_WITH_EXCEPTIONS -> arrived();
            case RUNNING, WAITING, HOLDING, ROLLING_BACK, ROLLBACK_INCOMPLETE -> nothingLost();
        }
    }

    private void wentBack() {
        for (Map.Entry<Resource, ResourceState> each : state.resources().entrySet()) {
            Image now = world.resource(each.getKey()).image;
            if (!world.resource(each.getKey()).foreign
                    && !SimWorld.isRestored(each.getKey(), now, each.getValue().pre())) {
                throw new Violation(state.status() + ", but " + each.getKey() + " is " + now.brief() + ", was "
                        + each.getValue().pre().brief());
            }
        }
        for (SimEntrance entrance : world.entrances()) {
            if (entrance.weight(Side.TARGET) == 0 && entrance.targetShare() > 0) {
                throw new Violation(state.status() + ", but users are still at the target of " + entrance.plan.name());
            }
        }
        world.datasets().forEach(dataset -> holdsEverything(dataset, Side.SOURCE));
    }

    private void arrived() {
        for (SimDataset dataset : world.datasets()) {
            if (!dataset.store(Side.TARGET).open()) {
                throw new Violation(state.status() + ", but the target's " + dataset.name + " accepts no writes");
            }
            holdsEverything(dataset, Side.TARGET);
        }
    }

    private void holdsEverything(SimDataset dataset, Side side) {
        BitSet lost = (BitSet) dataset.acknowledged.clone();
        lost.andNot(dataset.store(side).writes);
        if (!lost.isEmpty() && !state.lossAccepted()) {
            throw new Violation(state.status() + ", but " + lost.cardinality() + " acknowledged writes of "
                    + dataset.name + " are not in the " + side.word() + "'s database");
        }
    }

    /** A run that has not ended keeps every write somewhere. */
    private void nothingLost() {
        for (SimDataset dataset : world.datasets()) {
            BitSet lost = (BitSet) dataset.acknowledged.clone();
            lost.andNot(dataset.store(Side.SOURCE).writes);
            lost.andNot(dataset.store(Side.TARGET).writes);
            if (!lost.isEmpty() && !state.lossAccepted()) {
                throw new Violation(lost.cardinality() + " acknowledged writes of " + dataset.name + " are nowhere");
            }
        }
    }
}
