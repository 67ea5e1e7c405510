package io.bascule.load;

/**
 * Says what each arrival requests.
 *
 * <p>Called when the arrival is due, on the event loop that sends it: must not block, and must allow calls from several
 * threads when the profile has several event loops. Arrivals of one loop come in order. An exception ends the run.
 */
@FunctionalInterface
public interface RequestSource {

    /** The request of arrival {@code arrival}, counted from 0. */
    LoadRequest request(long arrival);

    /** The same request over and over. */
    static RequestSource repeating(LoadRequest request) {
        return new Repeating(request);
    }

    /** The same request over and over. */
    record Repeating(LoadRequest request) implements RequestSource {
        @Override
        public LoadRequest request(long arrival) {
            return request;
        }
    }
}
