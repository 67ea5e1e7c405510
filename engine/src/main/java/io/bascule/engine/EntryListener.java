package io.bascule.engine;

import io.bascule.core.run.Entry;
import io.bascule.core.run.RunId;

/**
 * Hears every entry that this process appends, in order, after it is durable. Called on a thread of its own: however
 * slow it is and whatever it throws, no tick waits or fails.
 */
public interface EntryListener {
    void appended(RunId run, Entry entry);
}
