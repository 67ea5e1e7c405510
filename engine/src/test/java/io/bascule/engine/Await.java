package io.bascule.engine;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, not for a time. */
final class Await {
    private Await() {}

    static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + patience + ": " + what);
            }
            Thread.sleep(5);
        }
    }

    static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, Duration.ofSeconds(30), condition);
    }
}
