package io.bascule.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one event loop that have not ended. A request may wait for a connection as long as the time-out, and
 * from then on take as long again, so that each time-out says where the time went. As all have the same time-out, the
 * first of those that wait is due first, and the first of those attempted. The lists are linked through the exchanges
 * themselves, so that a request costs no memory here.
 */
final class UnderWay {

    private final long timeOutNanos;
    private final Line waiting = new Line();
    private final Line attempted = new Line();

    UnderWay(long timeOutNanos) {
        this.timeOutNanos = timeOutNanos;
    }

    /** The exchange needs a connection, since {@code from}. */
    void waits(Exchange exchange, long from) {
        ended(exchange);
        exchange.deadline(from + timeOutNanos);
        waiting.add(exchange);
    }

    /** The exchange has a connection, or one is being opened for it. */
    void attempted(Exchange exchange, long now) {
        ended(exchange);
        exchange.deadline(now + timeOutNanos);
        attempted.add(exchange);
    }

    void ended(Exchange exchange) {
        if (exchange.line != null) {
            exchange.line.remove(exchange);
        }
    }

    /** The exchange whose time is up first; null if there is none. */
    @Nullable
    Exchange firstDue() {
        Exchange waits = waiting.first;
        Exchange runs = attempted.first;
        if (waits == null || runs == null) {
            return waits == null ? runs : waits;
        }
        return waits.deadlineNanos() <= runs.deadlineNanos() ? waits : runs;
    }

    boolean isEmpty() {
        return waiting.first == null && attempted.first == null;
    }

    /** Takes all of them out. */
    List<Exchange> clear() {
        var all = new ArrayList<Exchange>();
        for (Exchange first = firstDue(); first != null; first = firstDue()) {
            ended(first);
            all.add(first);
        }
        return all;
    }

    /** Exchanges in the order in which they joined. */
    static final class Line {
        private @Nullable Exchange first;
        private @Nullable Exchange last;

        void add(Exchange exchange) {
            exchange.line = this;
            exchange.before = last;
            exchange.after = null;
            if (last == null) {
                first = exchange;
            } else {
                last.after = exchange;
            }
            last = exchange;
        }

        void remove(Exchange exchange) {
            if (exchange.before == null) {
                first = exchange.after;
            } else {
                exchange.before.after = exchange.after;
            }
            if (exchange.after == null) {
                last = exchange.before;
            } else {
                exchange.after.before = exchange.before;
            }
            exchange.line = null;
            exchange.before = null;
            exchange.after = null;
        }
    }
}
