package io.bascule.embedded.shop;

import io.bascule.embedded.http.HttpReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Trouble made on purpose, for demonstrations: added latency, and a share of requests answered 500. */
final class Faults {
    private volatile Duration slow = Duration.ZERO;
    private volatile double errorPercent;

    void set(Duration slower, double percent) {
        slow = slower;
        errorPercent = Math.clamp(percent, 0, 100);
    }

    Duration slow() {
        return slow;
    }

    double errorPercent() {
        return errorPercent;
    }

    /** Waits, and perhaps answers in the application's place. */
    Optional<HttpReply> meet() throws InterruptedException {
        if (!slow.isZero()) {
            Thread.sleep(slow);
        }
        return errorPercent > 0 && ThreadLocalRandom.current().nextDouble(100) < errorPercent
                ? Optional.of(HttpReply.text(500, "a fault made on purpose\n"))
                : Optional.empty();
    }
}
