package io.bascule.core.port;

/** A way to reach people. */
public interface Channel {

    /** Sends once per {@link Message#key}; a repeated key has the effect of once where the medium can tell. */
    Outcome send(Message message, Deadline deadline);
}
