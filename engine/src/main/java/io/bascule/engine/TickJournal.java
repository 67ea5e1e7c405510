package io.bascule.engine;

import io.bascule.core.port.Message;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Journal;
import io.bascule.core.run.RunEvent.RollbackBegun;
import java.util.List;

/** The journal as a tick sees it: undisturbed while it talks to the store, and the tick is told when it goes back. */
record TickJournal(JdbcJournal journal, BusyTick tick) implements Journal {

    @Override
    public List<Entry> entries() {
        List<Entry> entries = tick.shielded(journal::entries);
        entries.forEach(this::hear);
        return entries;
    }

    @Override
    public boolean append(Entry entry, List<Message> messages) {
        boolean appended = tick.shielded(() -> journal.append(entry, messages));
        if (appended) {
            hear(entry);
        } else {
            tick.lose();
        }
        return appended;
    }

    private void hear(Entry entry) {
        if (entry.event() instanceof RollbackBegun) {
            tick.goesBack();
        }
    }
}
