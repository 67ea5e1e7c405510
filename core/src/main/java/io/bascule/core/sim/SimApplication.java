package io.bascule.core.sim;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One side's application: which databases it uses, by a configuration that it reads again shortly after it changes. A
 * leased database that has run out is left for the other one, unless that one's fence says closed.
 */
final class SimApplication implements HealthProbe {
    static final String SCRATCH = "scratch";
    private static final long RELOAD_MILLIS = 30;

    final Side side;
    boolean healthy = true;
    double errors;
    double p95Millis = 60;
    private final SimWorld world;
    /** By dataset: the location in use. */
    private final Map<String, String> uses = new TreeMap<>();

    private final List<Wire> wires = new ArrayList<>();

    private static final class Wire {
        final SimResource configuration;
        final Action.Connection connection;
        int loads;

        Wire(SimResource configuration, Action.Connection connection) {
            this.configuration = configuration;
            this.connection = connection;
        }
    }

    SimApplication(SimWorld world, Side side) {
        this.world = world;
        this.side = side;
    }

    /** The application uses that dataset, and is told where by that configuration. */
    void wire(SimResource configuration, Action.Connection connection) {
        Wire wire = new Wire(configuration, connection);
        if (wires.stream().noneMatch(w -> w.configuration == configuration)) {
            wires.add(wire);
            configuration.after.add(() -> world.clock().plan(world.clock().millis() + delay(configuration), () -> {
                world.flow();
                reload(wire);
                world.changed();
            }));
        }
        uses.put(connection.dataset(), configuration.image.get(connection.field()));
    }

    void use(String dataset, String location) {
        uses.put(dataset, location);
    }

    private static long delay(SimResource configuration) {
        return configuration.expired ? 0 : RELOAD_MILLIS;
    }

    /** A fence has moved: an application whose lease has run out may leave a closed store now. */
    void fencesMoved() {
        for (Wire wire : wires) {
            if (wire.configuration.expired) {
                reload(wire);
            }
        }
    }

    private void reload(Wire wire) {
        String dataset = wire.connection.dataset();
        String wanted = wire.configuration.image.get(wire.connection.field());
        boolean leaves = wire.configuration.expired && !wanted.equals(uses.get(dataset));
        Optional<SimStore> store = world.storeAt(wanted);
        if (leaves && store.isPresent() && store.get().closed()) {
            return;
        }
        uses.put(dataset, wanted);
        int load = ++wire.loads;
        String field = wire.connection.field();
        String otherwise = wire.configuration.image.get(field + ".else");
        if (!otherwise.isEmpty()) {
            long until =
                    SimResource.deadline(wire.configuration.image).orElseThrow().toEpochMilli();
            world.clock().plan(Math.max(until, world.clock().millis()), () -> ranOut(wire, load, otherwise));
        }
    }

    /** A lease that was read ends by itself, also when a newer configuration lies there unread. */
    private void ranOut(Wire wire, int load, String otherwise) {
        boolean closed = world.storeAt(otherwise).map(SimStore::closed).orElse(false);
        if (load == wire.loads && !closed) {
            world.flow();
            uses.put(wire.connection.dataset(), otherwise);
            world.changed();
        }
    }

    String uses(String dataset) {
        return uses.getOrDefault(dataset, "");
    }

    boolean usesDataset(String dataset) {
        return uses.containsKey(dataset);
    }

    /** Whether pages can be served at all. */
    boolean serves() {
        return healthy
                && uses.values().stream()
                        .noneMatch(
                                at -> world.storeAt(at).map(store -> store.dead).orElse(false));
    }

    /** So many writes arrive; answers how many were done. They are spread over the datasets in use. */
    int write(int count) {
        if (!serves()) {
            return 0;
        }
        if (uses.isEmpty()) {
            return count;
        }
        int done = 0;
        int left = count;
        int stores = uses.size();
        for (String location : uses.values()) {
            int part = left / stores--;
            left -= part;
            Optional<SimStore> store = world.storeAt(location);
            if (store.isEmpty() && part > 0 && !world.isMeddled()) {
                throw new Violation(part + " writes of users went into " + location + " at the " + side.word());
            }
            done += store.map(s -> s.accept(part)).orElse(0);
        }
        return done;
    }

    /** Whether a write of this application would be done now, anywhere. */
    boolean wouldWrite() {
        return serves()
                && uses.values().stream()
                        .anyMatch(
                                at -> world.storeAt(at).map(SimStore::writable).orElse(false));
    }

    @Override
    public Finding check(String path, int expectStatus, Deadline deadline) {
        world.call();
        if (world.trouble().silent(side)) {
            return Finding.of(new Verdict.Errored("no answer"), "path", path);
        }
        int status = serves() ? 200 : 503;
        return Finding.of(
                status == expectStatus ? new Verdict.Pass("" + status) : new Verdict.Fail("" + status), "path", path);
    }

    @Override
    public Report report(Deadline deadline) {
        world.call();
        if (world.trouble().silent(side)) {
            return new Silent("no answer");
        }
        boolean writable = uses.values().stream()
                .allMatch(at -> world.storeAt(at).map(SimStore::writable).orElse(false));
        return new Told(serves(), String.join(",", uses.values()), writable, "1");
    }
}
