package io.bascule.core.port;

/**
 * Answers one question about something outside: the age of a snapshot, the state of a replication. One that stands in
 * a {@code sync} may also do work whose repetition does no harm and which no way back has to undo (carry files over).
 * Never throws for operating trouble; what could not be told is NO_DATA. After a crash it is asked once more.
 */
@FunctionalInterface
public interface Probe {
    Finding probe(Deadline deadline);
}
