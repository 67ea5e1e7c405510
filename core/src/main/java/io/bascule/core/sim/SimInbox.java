package io.bascule.core.sim;

import io.bascule.core.run.Inbox;
import io.bascule.core.run.Order;
import io.bascule.core.run.OrderEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Orders, each readable from the instant it was sent. */
public final class SimInbox implements Inbox {
    private record Sent(long at, OrderEnvelope order) {}

    private final List<Sent> sent = new ArrayList<>();
    private final VirtualClock clock;
    private long nextId = 1;

    SimInbox(VirtualClock clock) {
        this.clock = clock;
    }

    /** Ids rise in the order of sending, so an order may not be sent before an earlier one is. */
    void sendNow(Order order, String who, String principal, String reason) {
        sent.add(new Sent(clock.millis(), new OrderEnvelope(nextId++, order, who, principal, reason)));
    }

    @Override
    public List<OrderEnvelope> after(long last) {
        if (sent.isEmpty() || sent.getLast().order.id() <= last) {
            return List.of();
        }
        return sent.stream()
                .filter(each -> each.order.id() > last && each.at <= clock.millis())
                .map(Sent::order)
                .toList();
    }

    /** The id of the last order sent. */
    OptionalLong newest() {
        return sent.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(sent.getLast().order.id());
    }
}
