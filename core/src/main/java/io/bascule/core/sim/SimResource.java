package io.bascule.core.sim;

import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** One resource of the simulated world: its state, its lease, and what hangs on it. */
final class SimResource {
    final Resource id;
    final Image first;
    /** The state now. */
    Image image;
    /** What this run was last told of it. */
    Image told = Image.NONE;
    /** Whether the platform compares before it changes, and refuses late requests. */
    boolean compares = true;
    /** How long an accepted change is under way, in milliseconds. */
    long takes;

    Optional<Reading.Pending> pending = Optional.empty();
    /** Someone else made it so. */
    boolean foreign;
    /** Whether the last lease ended by itself. */
    boolean expired;

    Function<Image, Optional<String>> refuses = _ -> Optional.empty();
    final List<Runnable> after = new ArrayList<>();
    final Set<String> tokens = new HashSet<>();
    private final SimWorld world;
    private long leases;

    SimResource(SimWorld world, Resource id, Image first) {
        this.world = world;
        this.id = id;
        this.first = first;
        this.image = first;
    }

    /** Whether it can be in such a state at all: the fields are its own, but for a lease's. */
    boolean has(Image wanted) {
        for (String field : wanted.owned().keySet()) {
            if (!isLeases(field) && !first.owned().containsKey(field)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLeases(String field) {
        return field.equals("until")
                || field.endsWith(".until")
                || field.startsWith("else-")
                || field.endsWith(".else");
    }

    /** Takes the change in: at once, or after the time that it takes. */
    void accept(String token, Image wanted) {
        tokens.add(token);
        foreign = false;
        if (takes == 0) {
            become(wanted);
            return;
        }
        pending = Optional.of(new Reading.Pending(token, "under way"));
        world.clock().plan(world.clock().millis() + takes, () -> {
            pending = Optional.empty();
            foreign = false;
            become(wanted);
        });
    }

    void become(Image next) {
        world.flow();
        image = new Image(next.owned(), image.context());
        expired = false;
        long lease = ++leases;
        deadline(next).ifPresent(until -> {
            world.clock().plan(Math.max(world.clock().millis(), until.toEpochMilli()) + 1, () -> {
                if (lease == leases) {
                    throw new Violation(id + " outlives its deadline: " + image.brief());
                }
            });
            long end = until.toEpochMilli() + world.physics().leaseOverrun().toMillis();
            if (end <= world.clock().millis()) {
                expire();
            } else {
                world.clock().plan(end, () -> {
                    if (lease == leases) {
                        expire();
                    }
                });
            }
        });
        after.forEach(Runnable::run);
        world.changed();
    }

    private void expire() {
        world.flow();
        image = new Image(fallback(), image.context());
        expired = true;
        foreign = false;
        leases++;
        after.forEach(Runnable::run);
        world.changed();
    }

    static Optional<Instant> deadline(Image image) {
        for (Map.Entry<String, String> field : image.owned().entrySet()) {
            if (field.getKey().equals("until") || field.getKey().endsWith(".until")) {
                return Optional.of(Instant.parse(field.getValue()));
            }
        }
        return Optional.empty();
    }

    /** What a leased state is once its deadline has passed. */
    private SortedMap<String, String> fallback() {
        TreeMap<String, String> owned = new TreeMap<>();
        image.owned().forEach((field, value) -> {
            if (!isLeases(field)) {
                owned.put(field, elseOf(field, value));
            }
        });
        return owned;
    }

    private String elseOf(String field, String value) {
        return switch (id.kind()) {
            case WRITES, FENCE -> "open";
            case TRAFFIC, SINGLETON -> image.owned().getOrDefault("else-" + field, value);
            case CONFIGURATION -> image.owned().getOrDefault(field + ".else", value);
            case COPY, REVERSE, DNS, CAPACITY, EXISTENCE, SWITCH, SCRIPT -> value;
        };
    }
}
