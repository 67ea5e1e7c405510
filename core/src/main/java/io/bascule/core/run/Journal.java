package io.bascule.core.run;

import io.bascule.core.port.Message;
import java.util.List;

/** One run's journal, held under this worker's lease. Append-only, hash-chained, durable before {@link #append} returns. */
public interface Journal {

    /** Every entry, oldest first. */
    List<Entry> entries();

    /** Entries above {@code seq}, oldest first. */
    default List<Entry> entriesAfter(long seq) {
        List<Entry> all = entries();
        return all.subList((int) Math.min(seq, all.size()), all.size());
    }

    /**
     * Appends the entry, and the messages it causes, in one transaction.
     *
     * @return false when the lease is no longer ours or the place is taken: nothing was written, the tick ends silently
     * @throws JournalUncertain when it cannot be told whether the entry was written; the tick ends and calls nothing
     */
    boolean append(Entry entry, List<Message> messages);
}
