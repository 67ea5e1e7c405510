package io.bascule.core.port;

import java.util.Optional;

/** What an actuator answers when asked for a resource's state. */
public sealed interface Reading {

    /**
     * The authority answered.
     *
     * @param pending a change that the authority has accepted and is still carrying out
     */
    record Seen(Image image, Optional<Pending> pending) implements Reading {
        public Seen(Image image) {
            this(image, Optional.empty());
        }
    }

    /** The authority could not be asked, or its answer not understood. Never means "unchanged". */
    record Unseen(String why) implements Reading {}

    /**
     * @param token of the {@link Change} under way
     * @param progress for people: {@code 4,000 of 10,000 rows}
     */
    record Pending(String token, String progress) {}
}
