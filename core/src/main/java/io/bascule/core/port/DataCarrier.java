package io.bascule.core.port;

import io.bascule.core.plan.Side;

/**
 * Carries one dataset from the source's store to the target's, and home again. The measurements are read-only but for
 * markers in the carrier's own table, and repairing is never silent.
 */
public interface DataCarrier {

    /**
     * The {@code FENCE} resource of one side's store. Closing or leasing proves itself: afterwards no session of an
     * application may write. Opening first puts every next id above max(id) and refuses when it cannot. A lease that
     * has passed is observed as {@code open}; {@code leased → closed} is a compare-and-set on token and deadline.
     */
    Actuator fence(Side side);

    /** The {@code COPY} resource: {@code none → done} copies the source's store; it may be {@code Pending} for long. */
    Actuator copy();

    /** The {@code REVERSE} resource: capture on the target for the source's copy. */
    Actuator reverse();

    /** Whether everything written on {@code from} before a marker is on the other side. PASS, FAIL with {@code lagRows}. */
    Finding drained(Side from, Deadline deadline);

    /** Row by row, both stores. PASS with {@code rowsCompared}; FAIL with {@code differences} and the first keys. */
    Finding compare(Deadline deadline);

    /** The way back: lag in {@code lagRows}, whether capture is intact, id headroom. FAIL means the way is lost. */
    Finding reverseLag(Deadline deadline);

    /** Applies what reverse capture has and reports whether anything is left: {@code carriedRows}, {@code leftRows}. */
    Finding carryHome(Deadline deadline);

    /** Next id above max(id) in every table of a side's store. */
    Finding identity(Side side, Deadline deadline);

    /** Tries a write the way the applications would, which the fence must refuse, and counts sessions left. */
    Finding provesFenced(Side side, Deadline deadline);
}
