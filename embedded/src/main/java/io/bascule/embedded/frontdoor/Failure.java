package io.bascule.embedded.frontdoor;

import java.util.Locale;

/** Why a request failed, for counting. The first is what the application itself answered. */
enum Failure {
    /** 500 to 599 from the application. */
    STATUS_5XX,
    CONNECT_REFUSED,
    CONNECT_TIMEOUT,
    /** No head of an answer in time. */
    ANSWER_TIMEOUT,
    /** The connection ended before an answer. */
    BROKEN,
    /** The answer ended in its middle. */
    TRUNCATED,
    /** Not HTTP. */
    PROTOCOL,
    /** No room to park. */
    PARKING_FULL,
    /** Turned away by {@code reject}. */
    REJECTED;

    /** {@code connect-refused}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
