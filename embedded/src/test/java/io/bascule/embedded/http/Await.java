package io.bascule.embedded.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** Waits for a condition, at most ten seconds. */
public final class Await {
    private Await() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                Assertions.fail("never happened: " + what);
            }
            Thread.sleep(5);
        }
    }
}
