package io.bascule.core.plan;

import java.util.Optional;

/** A body of data that the application uses, and what the cutover does with it. */
public record Dataset(String name, Fate fate) {

    public sealed interface Fate {}

    /**
     * Carried from the source's store to the target's under the freeze.
     *
     * @param carrier which adapter carries it, with its settings
     * @param source where it lives before, as applications report it
     * @param target where it lives after
     * @param reverse whether reverse capture keeps the source's copy current until COMMIT
     */
    public record Moved(Settings carrier, String source, String target, boolean reverse) implements Fate {
        public String location(Side side) {
            return side == Side.SOURCE ? source : target;
        }
    }

    /** Both sides use the same store before and after. */
    public record Shared(String why) implements Fate {}

    /** The target builds it again (a cache, a search index). */
    public record Rebuilt(String why) implements Fate {}

    /** Given up on purpose. */
    public record Dropped(String why) implements Fate {}

    public Optional<Moved> moved() {
        return fate instanceof Moved moved ? Optional.of(moved) : Optional.empty();
    }
}
