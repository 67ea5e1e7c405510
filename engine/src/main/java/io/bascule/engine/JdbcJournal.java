package io.bascule.engine;

import io.bascule.core.port.Message;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Journal;
import io.bascule.core.run.JournalUncertain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run's journal under one lease. Reads once; then it knows what it appended. For one thread. After an
 * uncertain append it refuses to write: only a new tick, which reads again, may go on.
 */
final class JdbcJournal implements Journal {
    private final JdbcStore store;
    private final Lease lease;
    private final Consumer<Entry> appended;
    private final List<Entry> entries = new ArrayList<>();
    private Collection<String> channels = List.of();
    private String head = "";
    private boolean read;
    private int written;
    private boolean uncertain;

    /** @param appended hears each entry after it is durable */
    JdbcJournal(JdbcStore store, Lease lease, Consumer<Entry> appended) {
        this.store = store;
        this.lease = lease;
        this.appended = appended;
    }

    /** From here on every message goes into the outbox once for each of these channels. */
    void tellBy(Collection<String> names) {
        channels = List.copyOf(names);
    }

    @Override
    public List<Entry> entries() {
        readOnce();
        return Collections.unmodifiableList(new ArrayList<>(entries));
    }

    private void readOnce() {
        if (read) {
            return;
        }
        List<JournalRow> rows = store.rows(lease.run(), 0);
        if (rows.isEmpty()) {
            throw new StoreTrouble("run " + lease.run() + " has no journal");
        }
        rows.forEach(row -> entries.add(row.entry()));
        head = rows.getLast().hash();
        read = true;
    }

    @Override
    public boolean append(Entry entry, List<Message> messages) {
        if (uncertain) {
            throw new JournalUncertain("an entry before this one is in doubt", new IllegalStateException());
        }
        readOnce();
        if (entry.seq() != last().seq() + 1) {
            throw new IllegalArgumentException("entry " + entry.seq() + " after " + last().seq());
        }
        JournalRow row = JournalRow.of(lease.run().text(), entry, lease.version(), head);
        if (!insert(row, messages)) {
            return false;
        }
        Entry kept = new Entry(row.seq(), row.at(), entry.event());
        entries.add(kept);
        head = row.hash();
        written++;
        appended.accept(kept);
        return true;
    }

    private boolean insert(JournalRow row, List<Message> messages) {
        try {
            return store.append(lease, row, messages, channels);
        } catch (StoreTrouble e) {
            uncertain = true;
            throw new JournalUncertain("entry " + row.seq() + " of " + lease.run() + " may or may not be written", e);
        }
    }

    Entry last() {
        readOnce();
        return entries.getLast();
    }

    /** How many entries were appended under this lease. */
    int written() {
        return written;
    }

    /** What was read and appended so far, without asking the store. */
    List<Entry> known() {
        return Collections.unmodifiableList(entries);
    }
}
