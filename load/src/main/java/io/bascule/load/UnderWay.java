package io.bascule.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one event loop that have not ended. A request may wait for a connection as long as the time-out, and
 * from then on take as long again, so that each time-out says where the time went. As all have the same time-out, the
 * first of those that wait is due first, and the first of those attempted.
 */
final class UnderWay {

    private final long timeOutNanos;
    private final LinkedHashSet<Exchange> waiting = new LinkedHashSet<>();
    private final LinkedHashSet<Exchange> attempted = new LinkedHashSet<>();

    UnderWay(long timeOutNanos) {
        this.timeOutNanos = timeOutNanos;
    }

    /** The exchange needs a connection, since its intended start. */
    void waits(Exchange exchange) {
        attempted.remove(exchange);
        exchange.deadline(exchange.intendedNanos + timeOutNanos);
        waiting.add(exchange);
    }

    /** The exchange has a connection, or one is being opened for it. */
    void attempted(Exchange exchange, long now) {
        waiting.remove(exchange);
        exchange.deadline(now + timeOutNanos);
        attempted.add(exchange);
    }

    void ended(Exchange exchange) {
        waiting.remove(exchange);
        attempted.remove(exchange);
    }

    /** The exchange whose time is up first; null if there is none. */
    @Nullable
    Exchange firstDue() {
        Exchange waits = waiting.isEmpty() ? null : waiting.getFirst();
        Exchange runs = attempted.isEmpty() ? null : attempted.getFirst();
        if (waits == null || runs == null) {
            return waits == null ? runs : waits;
        }
        return waits.deadlineNanos() <= runs.deadlineNanos() ? waits : runs;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && attempted.isEmpty();
    }

    /** Takes all of them out. */
    List<Exchange> clear() {
        var all = Stream.of(waiting, attempted).flatMap(LinkedHashSet::stream).toList();
        waiting.clear();
        attempted.clear();
        return all;
    }
}
