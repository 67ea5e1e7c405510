package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks each side's health path periodically. What it finds is reported; it moves no traffic. A side not asked yet is
 * not healthy. One virtual thread per side.
 */
final class HealthWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<Side, Boolean> healthy = new ConcurrentHashMap<>();
    private final Map<Side, Thread> threads = new EnumMap<>(Side.class);

    HealthWatch(FrontDoorConfig config) {
        for (Side side : Side.values()) {
            URI uri = URI.create(config.base(side) + config.healthPath());
            threads.put(
                    side,
                    Thread.ofVirtual()
                            .name("health-" + side.word())
                            .start(() -> watch(side, uri, config.healthEvery())));
        }
    }

    /** Healthy targets of the side: 1 or 0. */
    int healthy(Side side) {
        return healthy.getOrDefault(side, false) ? 1 : 0;
    }

    private void watch(Side side, URI uri, Duration every) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                healthy.put(
                        side,
                        HttpCaller.call("GET", uri, Map.of(), "", PATIENCE) instanceof Answered answered
                                && answered.status() / 100 == 2);
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.values().forEach(Thread::interrupt);
    }
}
