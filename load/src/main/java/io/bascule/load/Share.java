package io.bascule.load;

/**
 * One generator's part of a schedule that several run at the same time: every {@code of}-th arrival, from {@code index} on.
 * All parts together are the whole, none twice.
 *
 * @param index from 0
 * @param of how many generators there are, at least 1
 */
public record Share(int index, int of) {

    /** All of it. */
    public static final Share WHOLE = new Share(0, 1);

    /** Throws {@link IllegalArgumentException} for a part that there is not. */
    public Share {
        if (of < 1 || index < 0 || index >= of) {
            throw new IllegalArgumentException("no part " + index + " of " + of);
        }
    }

    /** How many of {@code whole} equal things are this part's. */
    int of(int whole) {
        return whole / of + (index < whole % of ? 1 : 0);
    }
}
