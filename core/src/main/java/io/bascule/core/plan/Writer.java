package io.bascule.core.plan;

/**
 * Something that writes to a dataset: each is fenced, and proved fenced by a refused write of its own.
 *
 * @param prove how a write of this writer is tried, in the adapter's words ({@code POST /fence-probe})
 */
public record Writer(String name, Kind kind, String prove) {

    public sealed interface Kind {}

    /** An application behind an entrance; fenced with the entrance and the database. */
    public record Through(String entrance) implements Kind {}

    /**
     * A job that runs on exactly one side.
     *
     * @param control how it is paused and started on each side
     * @param movesAtRelease whether it runs on the target after RELEASE (otherwise it stays on the source)
     */
    public record Singleton(Settings control, boolean movesAtRelease) implements Kind {}

    public boolean isSingleton() {
        return kind instanceof Singleton;
    }
}
