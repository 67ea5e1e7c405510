package io.bascule.core.sim;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.Duration;
import java.util.Optional;

/** Reaches one resource of the simulated world, with that world's faults. */
final class SimActuator implements Actuator {
    private static final Duration SLOW = Duration.ofMillis(2_500);

    private final SimWorld world;
    private final SimResource resource;

    SimActuator(SimWorld world, SimResource resource) {
        this.world = world;
        this.resource = resource;
    }

    @Override
    public Authority authorise(Deadline deadline) {
        world.call();
        return new Authority.Granted();
    }

    @Override
    public Reading observe(Deadline deadline) {
        world.call();
        Optional<String> blind = world.trouble().blind(resource.id);
        if (blind.isPresent()) {
            return new Reading.Unseen(blind.get());
        }
        resource.told = resource.image;
        return new Reading.Seen(resource.image, resource.pending);
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        world.call();
        world.invariants().asked(resource, change);
        Fate fate = world.trouble().fate(resource.id, change.token());
        return switch (fate) {
            case DONE -> carryOut(change);
            case REFUSED -> new Outcome.Refused("refused: this is not allowed now", false);
            case THROTTLED -> new Outcome.Refused("throttled: rate exceeded", true);
            case LOST_REPLY -> {
                carryOut(change);
                yield new Outcome.Unknown("the reply was lost");
            }
            case LOST_REQUEST -> new Outcome.Unknown("the request timed out");
            case LATE -> {
                land(change);
                yield new Outcome.Unknown("the request timed out");
            }
            case SLOW -> {
                world.pass(SLOW);
                yield carryOut(change);
            }
        };
    }

    @Override
    public boolean refusesLate() {
        return resource.compares;
    }

    private void land(Change change) {
        long now = world.clock().millis();
        long until = change.notAfter().toEpochMilli() + (resource.compares ? 3_000 : 900);
        long at = now + 100 + world.random().nextLong(Math.max(1, until - now - 100));
        world.clock().plan(at, () -> carryOut(change));
    }

    private Outcome carryOut(Change change) {
        if (resource.tokens.contains(change.token())) {
            return new Outcome.Done("already done");
        }
        boolean late = world.clock().millis() > change.notAfter().toEpochMilli();
        if (resource.compares && late) {
            return new Outcome.Refused("too late", false);
        }
        if (resource.image.sameState(change.wanted())) {
            return new Outcome.Done("it is so already");
        }
        if (resource.compares && !resource.image.sameState(change.expected())) {
            return new Outcome.Refused("it is not as expected: " + resource.image.brief(), false);
        }
        if (!resource.has(change.wanted())) {
            return new Outcome.Refused(
                    resource.id + " is never " + change.wanted().brief(), false);
        }
        Optional<String> why = resource.pending.isPresent()
                ? Optional.of("PriorRequestNotComplete")
                : resource.refuses.apply(change.wanted());
        if (why.isPresent()) {
            return new Outcome.Refused(why.get(), true);
        }
        world.invariants().takes(resource, change);
        resource.accept(change.token(), change.wanted());
        return new Outcome.Done("change " + resource.tokens.size());
    }
}
