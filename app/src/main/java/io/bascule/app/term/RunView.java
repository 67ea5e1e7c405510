package io.bascule.app.term;

import io.bascule.core.run.Entry;

/** Shows a run while it goes: hears every entry in order. Not thread-safe; called from one thread. */
public interface RunView {
    void entry(Entry entry);

    /** Called a few times a second, so that times go on while nothing happens. */
    void moment();

    /** The last words. */
    void end();
}
