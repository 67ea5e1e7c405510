package io.bascule.load.replay;

/**
 * Something that source and target answer differently, and the source itself does not.
 *
 * @param endpoint the request's method and path, whatever looks like an id replaced by {@code *}
 * @param where status, a header, or a place in the body
 * @param kind {@code value}, {@code order} or {@code shape}
 * @param requests how many requests of the recording show it
 * @param compared how many requests of that endpoint were compared
 * @param example a request that shows it
 * @param source what the source answers there, shortened
 * @param target what the target answers there, shortened
 * @param proof how it was told from noise
 */
public record Finding(
        String endpoint,
        String where,
        String kind,
        long requests,
        long compared,
        String example,
        String source,
        String target,
        String proof) {

    /** Where it is and how it shows: {@code GET /shops/*: $.price (value)}. */
    public String place() {
        return endpoint + ": " + where + " (" + kind + ")";
    }

    /** The same, and how often: {@code GET /shops/*: $.price (value), 3 of 40 requests}. */
    public String words() {
        return place() + ", " + requests + " of " + compared + " requests";
    }
}
