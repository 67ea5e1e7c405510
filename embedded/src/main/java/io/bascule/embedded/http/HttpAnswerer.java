package io.bascule.embedded.http;

/** Answers requests, each on a virtual thread of its own. An exception becomes a 500 that tells its message only. */
@FunctionalInterface
public interface HttpAnswerer {
    HttpReply answer(HttpAsk ask) throws Exception;
}
