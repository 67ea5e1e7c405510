package io.bascule.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a message is tried again: after 2, 10, 30, 60, 120 s, then every 120 s, each up to 20 % longer or shorter, until
 * the promise is over.
 *
 * @param promise for how long attempts are made
 */
record RetryTimes(Duration promise, RandomGenerator random) {
    private static final List<Duration> AFTER = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120));

    /** How long to wait after so many failed attempts; empty: given up. */
    Optional<Duration> after(int tries) {
        Duration spent = Duration.ZERO;
        for (int i = 1; i < tries; i++) {
            spent = spent.plus(step(i));
        }
        if (spent.plus(step(tries)).compareTo(promise) > 0) {
            return Optional.empty();
        }
        double factor = 0.8 + 0.4 * random.nextDouble();
        return Optional.of(Duration.ofMillis(Math.round(step(tries).toMillis() * factor)));
    }

    private static Duration step(int tries) {
        return AFTER.get(Math.min(tries, AFTER.size()) - 1);
    }
}
