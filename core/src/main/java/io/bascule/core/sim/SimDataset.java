package io.bascule.core.sim;

import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.port.Verdict;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/** A dataset in two stores, its copy, its reverse capture, and the ledger of what users were told was written. */
final class SimDataset implements DataCarrier {
    private static final long COPY_MILLIS = 400;

    final SimWorld world;
    final String name;
    /** Every write that a user was told is done. */
    final BitSet acknowledged = new BitSet();

    private final Map<Side, SimStore> stores = new EnumMap<>(Side.class);
    private final SimResource copy;
    private final SimResource reverse;
    private final BitSet captured = new BitSet();
    private boolean targetOpened;
    private int nextWrite;
    private long maxIssued;

    SimDataset(SimWorld world, Dataset dataset) {
        this.world = world;
        this.name = dataset.name();
        Dataset.Moved moved = dataset.moved().orElseThrow();
        for (Side side : Side.values()) {
            Image fence = Image.of("fence", side == Side.SOURCE ? "open" : "closed");
            SimResource resource = world.add(Resource.fence(name, side), fence);
            stores.put(side, new SimStore(this, side, moved.location(side), resource));
        }
        copy = world.add(Resource.copy(name), Image.of("copy", "none"));
        copy.takes = COPY_MILLIS;
        copy.after.add(this::copied);
        store(Side.SOURCE).fence.after.add(this::sourceFenced);
        store(Side.TARGET)
                .fence
                .after
                .add(() -> targetOpened |= store(Side.TARGET).open());
        reverse = world.add(Resource.reverse(name), Image.of("reverse", "off"));
        reverse.after.add(this::capturing);
    }

    SimStore store(Side side) {
        return java.util.Objects.requireNonNull(stores.get(side));
    }

    /** The store that accepts writes; the source's when both do, which is a violation found elsewhere. */
    java.util.Optional<SimStore> writable() {
        return stores.values().stream().filter(SimStore::open).findFirst();
    }

    void acknowledged(SimStore store, int count) {
        if (store.nextId <= maxIssued && !world.lossAccepted()) {
            throw new Violation("id " + store.nextId + " of " + name + " is issued again at " + store.side.word() + "; "
                    + maxIssued + " was issued before");
        }
        store.nextId += count;
        store.maxId = store.nextId - 1;
        maxIssued = store.maxId;
        store.writes.set(nextWrite, nextWrite + count);
        acknowledged.set(nextWrite, nextWrite + count);
        if (store.side == Side.TARGET && reverse.image.get("reverse").equals("on")) {
            captured.set(nextWrite, nextWrite + count);
        }
        nextWrite += count;
    }

    /** A write past every fence, by a job that nobody named. */
    void forgottenWrite(Side side) {
        SimStore store = store(side);
        store.writes.set(nextWrite++);
        store.maxId = Math.max(store.maxId, maxIssued) + 1;
        store.nextId = Math.max(store.nextId, store.maxId + 1);
        maxIssued = store.maxId;
    }

    void loseReverse() {
        if (reverse.image.get("reverse").equals("on")) {
            reverse.become(Image.of("reverse", "lost"));
        }
    }

    private void copied() {
        SimStore target = store(Side.TARGET);
        if (copy.image.get("copy").equals("done")) {
            target.takeOver(store(Side.SOURCE));
            sourceFenced();
        } else {
            target.writes.clear();
            targetOpened = false;
        }
    }

    /** A copy lasts as long as the fence under which it was made, until the target has been opened: then it is for good. */
    private void sourceFenced() {
        boolean done = copy.image.get("copy").equals("done");
        if (done && !targetOpened && store(Side.SOURCE).open()) {
            copy.image = Image.of("copy", "none");
        }
    }

    private void capturing() {
        if (reverse.image.get("reverse").equals("off")) {
            captured.clear();
        }
    }

    @Override
    public Actuator fence(Side side) {
        return world.reach(store(side).fence);
    }

    @Override
    public Actuator copy() {
        return world.reach(copy);
    }

    @Override
    public Actuator reverse() {
        return world.reach(reverse);
    }

    @Override
    public Finding drained(Side from, Deadline deadline) {
        world.call();
        BitSet left = (BitSet) store(from).writes.clone();
        left.andNot(store(from.other()).writes);
        return told(left.isEmpty(), left.cardinality() + " rows behind", "lagRows", left.cardinality());
    }

    @Override
    public Finding compare(Deadline deadline) {
        world.call();
        if (dead()) {
            return Finding.of(new Verdict.Errored("a database does not answer"));
        }
        BitSet differing = (BitSet) store(Side.SOURCE).writes.clone();
        differing.xor(store(Side.TARGET).writes);
        int rows = differing.cardinality();
        return told(rows == 0, rows + " rows differ", "differences", rows);
    }

    @Override
    public Finding reverseLag(Deadline deadline) {
        world.call();
        int lag = captured.cardinality();
        if (dead() || !reverse.image.get("reverse").equals("on")) {
            return Finding.of(new Verdict.Fail("reverse capture does not run"), "lagRows", unreplayed());
        }
        return Finding.of(new Verdict.Pass("captured"), "lagRows", lag);
    }

    int unreplayed() {
        BitSet left = (BitSet) store(Side.TARGET).writes.clone();
        left.andNot(store(Side.SOURCE).writes);
        return left.cardinality();
    }

    @Override
    public Finding carryHome(Deadline deadline) {
        world.call();
        if (dead() || reverse.image.get("reverse").equals("lost")) {
            return Finding.of(new Verdict.Fail("what was captured cannot be read"), "leftRows", unreplayed());
        }
        SimStore source = store(Side.SOURCE);
        source.writes.or(captured);
        source.maxId = Math.max(source.maxId, store(Side.TARGET).maxId);
        int left = unreplayed();
        return told(left == 0, left + " rows left", "leftRows", left);
    }

    @Override
    public Finding identity(Side side, Deadline deadline) {
        world.call();
        return told(store(side).nextId > store(side).maxId, "next id is not above max id", "maxId", store(side).maxId);
    }

    @Override
    public Finding provesFenced(Side side, Deadline deadline) {
        world.call();
        if (store(side).dead) {
            return Finding.of(new Verdict.Errored("the database does not answer"));
        }
        boolean open = store(side).open();
        return told(!open, side.word() + " accepted a write", "sessions", 0);
    }

    private boolean dead() {
        return store(Side.SOURCE).dead || store(Side.TARGET).dead;
    }

    private static Finding told(boolean passed, String otherwise, String fact, Object value) {
        return Finding.of(passed ? new Verdict.Pass("as it should be") : new Verdict.Fail(otherwise), fact, value);
    }
}
