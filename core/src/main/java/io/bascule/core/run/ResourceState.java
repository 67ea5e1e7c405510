package io.bascule.core.run;

import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import java.time.Instant;

/**
 * What the run knows of a resource it has intended to change.
 *
 * @param pre as it was before the first intent: what a roll-back restores
 * @param expected as it should be now by our last verified change
 * @param observed as it was last seen
 * @param fallback what a leased state ends in by itself
 * @param until the deadline of a leased state; {@link Instant#MAX} when it is not leased
 */
public record ResourceState(
        Image pre, Image expected, Image observed, Instant observedAt, Image fallback, Instant until) {

    boolean leased() {
        return !until.equals(Instant.MAX);
    }

    ResourceState seen(Image image, Instant at) {
        return new ResourceState(pre, expected, image, at, fallback, until);
    }

    ResourceState verified(Image image, Instant at) {
        return new ResourceState(pre, image, image, at, fallback, until);
    }

    ResourceState expecting(Image image) {
        return new ResourceState(pre, image, observed, observedAt, fallback, until);
    }

    /** @param until {@link Instant#MAX} for a state that does not end by itself */
    ResourceState leasing(Image fallback, Instant until) {
        return new ResourceState(pre, expected, observed, observedAt, fallback, until);
    }

    /** Whether nothing is left to restore: it is as it was, or, for capacity, no less than it was. */
    boolean restored(Resource resource) {
        return observed.sameState(pre)
                || (resource.kind() == Resource.Kind.CAPACITY && amount(observed) >= amount(pre));
    }

    /** Of a capacity; -1 where it is told in no whole number. */
    static long amount(Image capacity) {
        String amount = capacity.get("amount");
        return amount.matches("\\d{1,18}") ? Long.parseLong(amount) : -1;
    }
}
