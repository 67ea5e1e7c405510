package io.bascule.core.port;

/** What became of other runs of the same store. */
public interface RunHistory {
    /** PASS when that run is over and its users stayed on the target; FAIL says how it stands, NO_DATA that it is not known. */
    Finding completed(String run, Deadline deadline);
}
