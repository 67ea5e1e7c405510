package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What belongs to one event loop: its client connections and its pools. A client and the side's connection that serves
 * it always share a loop, so an exchange needs no lock. Used on its own loop only.
 */
final class Loop {
    private static final long SWEEP_MILLIS = 100;

    private final EventLoop eventLoop;
    private final UpstreamPool source;
    private final UpstreamPool target;
    private final Set<ClientConnection> clients = new HashSet<>();
    private final Set<Exchange> followed = new HashSet<>();

    Loop(EventLoop eventLoop, FrontDoorConfig config) {
        this.eventLoop = eventLoop;
        this.source = new UpstreamPool(eventLoop, config.source(), config.timeOuts());
        this.target = new UpstreamPool(eventLoop, config.target(), config.timeOuts());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    void start() {
        eventLoop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    UpstreamPool pool(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    Set<ClientConnection> clients() {
        return clients;
    }

    /** Writes whose client has gone and whose answer is still waited for. */
    Set<Exchange> followed() {
        return followed;
    }

    private void sweep() {
        long now = System.nanoTime();
        new ArrayList<>(clients).forEach(client -> client.check(now));
        new ArrayList<>(followed).forEach(exchange -> exchange.check(now));
        source.closeIdle(now);
        target.closeIdle(now);
    }
}
