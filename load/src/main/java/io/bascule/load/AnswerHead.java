package io.bascule.load;

import org.jspecify.annotations.Nullable;

/** The head of an answer, as far as anybody asks for it. Valid until the connection's next request. */
interface AnswerHead {

    int status();

    /** The first value under this name, without regard to case; null if there is none. */
    @Nullable
    String first(String name);

    /** A copy of the headers that stays. */
    ResponseHeaders headers();
}
