package io.bascule.load;

/**
 * Hears of every completed request, failed ones included. Not of those that were still under way when the run was cut
 * short: nobody knows what became of them.
 *
 * <p>Called on the event loop that sent the request, so possibly from several threads; must not block. An exception ends
 * the run.
 */
@FunctionalInterface
public interface ResponseListener {

    /** Listens to nothing; with it, bodies are counted but not kept unless a request has a check. */
    ResponseListener NONE = response -> {};

    /** One request has ended. */
    void completed(LoadResponse response);
}
