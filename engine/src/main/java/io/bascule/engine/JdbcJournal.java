package io.bascule.engine;

import io.bascule.core.port.Message;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Journal;
import io.bascule.core.run.JournalUncertain;
import io.bascule.core.run.RunStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run's journal under one lease. Reads once; then it knows what it appended. For one thread. After an
 * append that was refused or is in doubt it writes nothing more: only a new tick, which reads again, may go on.
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
    private boolean certain = true;

    /** @param appended hears each entry after it is durable */
    JdbcJournal(JdbcStore store, Lease lease, Consumer<Entry> appended) {
        this.store = store;
        this.lease = lease;
        this.appended = appended;
    }

    /**
     * The journal under the lease after {@code before}'s: when nobody held one between the two, nothing has to be read.
     *
     * @param before whose tick has ended without any doubt
     */
    JdbcJournal(JdbcJournal before, Lease lease) {
        this(before.store, lease, before.appended);
        this.entries.addAll(before.entries);
        this.head = before.head;
        this.read = before.read;
    }

    /** A release and a pick each raise the version by one: with a difference of two nobody else was there. */
    boolean isJustBefore(Lease next) {
        return certain && next.version() == lease.version() + 2 && next.run().equals(lease.run());
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
        if (!certain) {
            throw new JournalUncertain(
                    "an entry before this one was not written for sure", new IllegalStateException());
        }
        readOnce();
        if (entry.seq() != last().seq() + 1) {
            throw new IllegalArgumentException("entry " + entry.seq() + " after " + last().seq());
        }
        JournalRow row = JournalRow.of(lease.run().text(), entry, lease.version(), head);
        certain = insert(row, messages);
        if (!certain) {
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
            certain = false;
            throw new JournalUncertain("entry " + row.seq() + " of " + lease.run() + " may or may not be written", e);
        }
    }

    Entry last() {
        readOnce();
        return entries.getLast();
    }

    /** Where the run seems to stand; empty when nothing was read. */
    Optional<RunStatus> status() {
        return read ? Optional.of(StatusHint.of(entries)) : Optional.empty();
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
