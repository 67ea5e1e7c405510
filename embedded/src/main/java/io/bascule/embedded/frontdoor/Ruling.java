package io.bascule.embedded.frontdoor;

import java.util.SortedMap;

/** How a request for a change was decided. */
sealed interface Ruling {
    /** It is to be made; nothing has changed yet. */
    record Make() implements Ruling {}

    /** In effect; not {@code changed} when it was so already, or the token is known. */
    record Made(long revision, boolean changed) implements Ruling {}

    /** The state is not the one expected. */
    record Conflict(long revision, SortedMap<String, String> is) implements Ruling {}

    /** Too late: after its {@code notAfter}, or its lease had already passed. */
    record Late(String why) implements Ruling {}

    /** Could not be saved; taken back. */
    record Failed(String why) implements Ruling {}
}
