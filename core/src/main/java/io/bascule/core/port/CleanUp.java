package io.bascule.core.port;

import java.time.Instant;

/** Things to remove later. A roll-back cancels what is scheduled; nothing still referenced is removed. */
public interface CleanUp {
    Outcome schedule(String token, String what, Instant notBefore, Deadline deadline);

    Outcome cancel(String token, Deadline deadline);

    /** Scheduled, done, cancelled or unknown, in {@code state}. */
    Reading observe(String token, Deadline deadline);
}
