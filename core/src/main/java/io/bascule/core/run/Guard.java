package io.bascule.core.run;

import java.time.Instant;

/** Asked directly before a call is sent: is the lease still safely ours, and is there still time? */
public interface Guard {
    boolean maySend(Instant notAfter);

    /** The worker is shutting down or has lost the lease: end the tick. */
    boolean stopping();

    /** A guard for a worker that nobody else can take over. */
    Guard ALONE = new Guard() {
        @Override
        public boolean maySend(Instant notAfter) {
            return true;
        }

        @Override
        public boolean stopping() {
            return false;
        }
    };
}
