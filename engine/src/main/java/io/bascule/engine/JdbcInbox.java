package io.bascule.engine;

import io.bascule.core.run.Inbox;
import io.bascule.core.run.OrderEnvelope;
import java.util.List;

/** One run's inbox as its tick reads it. The signals are counted before the orders are read, so none slips between. */
final class JdbcInbox implements Inbox {
    private final JdbcStore store;
    private final BusyTick tick;

    JdbcInbox(JdbcStore store, BusyTick tick) {
        this.store = store;
        this.tick = tick;
    }

    @Override
    public List<OrderEnvelope> after(long last) {
        return tick.shielded(() -> {
            store.leases().signals(tick.lease()).ifPresent(tick::sawSignals);
            List<OrderEnvelope> orders = store.ordersAfter(tick.lease().run(), last);
            tick.sawOrder(orders.isEmpty() ? last : orders.getLast().id());
            return orders;
        });
    }
}
