package io.bascule.core.sim;

import java.time.Duration;

/**
 * How far the simulated platform keeps its promises. {@link #SOUND} keeps all of them; a test breaks one to see that
 * the breach is found.
 *
 * @param leaseOverrun how long a lease outlives its deadline
 * @param opensAboveMaxId whether opening a database puts the next id above every id in it
 * @param movesSticky whether a way back moves sticky clients at once
 */
public record Physics(Duration leaseOverrun, boolean opensAboveMaxId, boolean movesSticky) {
    public static final Physics SOUND = new Physics(Duration.ZERO, true, true);

    public Physics withLeaseOverrun(Duration by) {
        return new Physics(by, opensAboveMaxId, movesSticky);
    }

    public Physics withoutIdentity() {
        return new Physics(leaseOverrun, false, movesSticky);
    }

    public Physics leavingSticky() {
        return new Physics(leaseOverrun, opensAboveMaxId, false);
    }
}
