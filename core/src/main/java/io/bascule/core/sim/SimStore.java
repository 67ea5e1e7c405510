package io.bascule.core.sim;

import io.bascule.core.plan.Side;
import java.util.BitSet;

/** One side's database of a dataset: which writes it holds, and which id comes next. */
final class SimStore {
    final SimDataset dataset;
    final Side side;
    final String location;
    final SimResource fence;
    final BitSet writes = new BitSet();
    long nextId = 1;
    long maxId;
    boolean dead;
    /** Has been dead at least once. */
    boolean died;

    SimStore(SimDataset dataset, Side side, String location, SimResource fence) {
        this.dataset = dataset;
        this.side = side;
        this.location = location;
        this.fence = fence;
        fence.after.add(this::opened);
        fence.refuses = _ -> dead ? java.util.Optional.of("the database is down") : java.util.Optional.empty();
    }

    boolean open() {
        return fence.image.get("fence").equals("open");
    }

    boolean closed() {
        return fence.image.get("fence").equals("closed");
    }

    boolean writable() {
        return open() && !dead;
    }

    private void opened() {
        if (open() && dataset.world.physics().opensAboveMaxId()) {
            nextId = Math.max(nextId, maxId + 1);
        }
    }

    /** Applies and acknowledges so many new writes of users. */
    int accept(int count) {
        if (!writable() || count == 0) {
            return 0;
        }
        dataset.acknowledged(this, count);
        return count;
    }

    void takeOver(SimStore other) {
        writes.clear();
        writes.or(other.writes);
        maxId = other.maxId;
    }
}
