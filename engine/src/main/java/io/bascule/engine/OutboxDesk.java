package io.bascule.engine;

import io.bascule.core.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What couriers do with the outbox. */
record OutboxDesk(Access access, OutboxTable outbox) {

    List<OutboxCourier.Lane> dueLanes(Instant now) {
        return access.read(c -> outbox.dueLanes(c, now));
    }

    List<Letter> due(OutboxCourier.Lane lane, Instant now, int atMost) {
        return access.read(c -> outbox.due(c, lane, now, atMost));
    }

    /** False when another courier was faster. */
    boolean take(Letter letter, Instant until) {
        return access.write(c -> outbox.take(c, letter, until));
    }

    void settle(Letter letter) {
        access.write(c -> {
            outbox.settle(c, letter);
            return true;
        });
    }

    Set<RunId> runsWithLetters() {
        return access.read(outbox::runsWithLetters);
    }

    boolean hasUntried(RunId run) {
        return access.read(c -> outbox.hasUntried(c, run));
    }
}
