package io.bascule.core.plan;

import java.util.Optional;
import java.util.Set;

/**
 * Someone with a part in the cutover.
 *
 * @param id the short name used in the plan and by {@code --as}
 * @param osUser operating-system user that this person's orders must come from; empty: unbound, shown as "unverified"
 */
public record Person(String id, String name, Set<String> roles, Optional<String> osUser) {
    public Person {
        roles = Set.copyOf(roles);
    }
}
